package routes.imaging.store;

import java.time.Duration;

import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Signs download URLs locally, without asking the store. */
final class PresignedUrls implements DownloadUrls {

    private final S3Presigner presigner;
    private final Duration expiry;

    PresignedUrls(S3Presigner presigner, Duration expiry) {
        this.presigner = presigner;
        this.expiry = expiry;
    }

    @Override
    public String of(String bucketAndKey) {
        int slash = bucketAndKey.indexOf('/');
        return presigner
                .presignGetObject(presign -> presign.signatureDuration(expiry)
                        .getObjectRequest(get ->
                                get.bucket(bucketAndKey.substring(0, slash)).key(bucketAndKey.substring(slash + 1))))
                .url()
                .toString();
    }
}
