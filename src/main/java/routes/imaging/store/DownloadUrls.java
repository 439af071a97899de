package routes.imaging.store;

import java.time.Duration;

import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Makes URLs from which anybody can download one object for a limited time. Signs them without asking the store. */
public final class DownloadUrls {

    private final S3Presigner presigner;
    private final Duration expiry;

    DownloadUrls(S3Presigner presigner, Duration expiry) {
        this.presigner = presigner;
        this.expiry = expiry;
    }

    /** @param bucketAndKey with the bucket as first segment, as the database holds it */
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
