package routes.local;

import java.util.List;
import java.util.function.Supplier;

import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.domain.BlobMetadata;
import org.jclouds.blobstore.domain.MultipartPart;
import org.jclouds.blobstore.domain.MultipartUpload;
import org.jclouds.blobstore.options.PutOptions;
import org.jclouds.blobstore.util.ForwardingBlobStore;
import org.jclouds.http.HttpResponse;
import org.jclouds.http.HttpResponseException;
import org.jclouds.io.Payload;
import org.springframework.core.NestedExceptionUtils;

/** Answers 507 when the disk is full, as other stores do. S3Proxy itself answers 500 and logs each request. */
final class FullDiskAnswers extends ForwardingBlobStore {

    private static final int INSUFFICIENT_STORAGE = 507;

    FullDiskAnswers(BlobStore delegate) {
        super(delegate);
    }

    @Override
    public String putBlob(String container, Blob blob) {
        return answering(() -> super.putBlob(container, blob));
    }

    @Override
    public String putBlob(String container, Blob blob, PutOptions options) {
        return answering(() -> super.putBlob(container, blob, options));
    }

    @Override
    public MultipartUpload initiateMultipartUpload(String container, BlobMetadata blob, PutOptions options) {
        return answering(() -> super.initiateMultipartUpload(container, blob, options));
    }

    @Override
    public MultipartPart uploadMultipartPart(MultipartUpload upload, int part, Payload payload) {
        return answering(() -> super.uploadMultipartPart(upload, part, payload));
    }

    @Override
    public String completeMultipartUpload(MultipartUpload upload, List<MultipartPart> parts) {
        return answering(() -> super.completeMultipartUpload(upload, parts));
    }

    private static <T> T answering(Supplier<T> write) {
        try {
            return write.get();
        } catch (RuntimeException e) {
            String cause =
                    String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage());
            if (cause.contains("No space left on device") || cause.contains("Disk quota exceeded")) {
                throw new HttpResponseException(
                        cause,
                        null,
                        HttpResponse.builder()
                                .statusCode(INSUFFICIENT_STORAGE)
                                .message(cause)
                                .build(),
                        e);
            }
            throw e;
        }
    }
}
