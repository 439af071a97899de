package routes.imaging.store;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.imaging.tar.SourceChangedException;
import routes.imaging.tar.TarDigest;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The S3 operations an upload is made of, in one bucket, with failures in our words: {@link UploadFailedException}
 * for what passes by itself, {@link StoreRefusedException} for what somebody has to change,
 * {@link SourceChangedException} when a body's source changed.
 *
 * <p>Every write is conditional: on there being nothing, or on what is there being what we saw. Not every store
 * honours that; which one does is learnt from the first object ({@link #learnConditions}), and the others are what
 * {@link KeyClaims} is for.
 */
public final class ObjectStore {

    static final String CONTENT_TYPE = "application/x-tar";

    private static final Logger LOG = LoggerFactory.getLogger(ObjectStore.class);
    private static final int INSUFFICIENT_STORAGE = 507;
    private static final String SHA256 = "sha256";
    private static final String REF_ID = "ref-id";

    /**
     * Error codes of stores for an upload that was aborted or completed: the first is that of S3, the others are
     * those of S3Proxy.
     */
    private static final Set<String> UPLOAD_IS_GONE = Set.of("NoSuchUpload", "NoSuchKey", "InvalidPart");

    private final S3Client s3;
    private final String bucket;
    private volatile Conditions conditions = Conditions.UNKNOWN;

    public ObjectStore(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    String bucket() {
        return bucket;
    }

    /** Also empty when the bucket does not exist, which only a write can tell. */
    Optional<StoredObject> head(String key) throws IOException {
        try {
            return Optional.of(
                    stored(key, s3.headObject(head -> head.bucket(bucket).key(key))));
        } catch (SdkException failure) {
            if (status(failure) == 404) {
                return Optional.empty();
            }
            throw translate("look up", key, failure);
        }
    }

    /** All bytes of an object. A caller that does not read them to the end calls {@code abort}. */
    ResponseInputStream<GetObjectResponse> open(String key) throws IOException {
        return call("read", key, () -> s3.getObject(get -> get.bucket(bucket).key(key)));
    }

    /** Whether the store is known to refuse a write to a taken key, so that no look is needed before writing. */
    boolean refusesTakenKeys() {
        return conditions == Conditions.HONOURED;
    }

    /**
     * Finds out, once, whether the store honours conditions or ignores them: writes an object just stored again, on
     * condition that there is none. Where that is ignored, the same bytes are stored a second time, no more.
     */
    void learnConditions(String key, UUID refId, TarDigest digest, PartBody body) throws IOException {
        if (conditions != Conditions.UNKNOWN) {
            return;
        }
        try {
            boolean ignored = put(key, refId, digest, body, null).isPresent();
            conditions = ignored ? Conditions.NOT_HONOURED : Conditions.HONOURED;
            LOG.info("The store of bucket {} {} conditional writes", bucket, ignored ? "does not honour" : "honours");
        } catch (UploadFailedException noAnswer) {
            LOG.info(
                    "Whether the store of bucket {} honours conditional writes shows later: {}",
                    bucket,
                    noAnswer.getMessage());
        }
    }

    /**
     * Stores the whole tar by one request.
     *
     * @param replaced our own object that may be replaced; null when the key must be free
     * @return its entity tag, or empty when something else came to be at the key: look again
     */
    Optional<String> put(String key, UUID refId, TarDigest digest, PartBody body, @Nullable StoredObject replaced)
            throws IOException {
        return conditionally("upload", key, condition -> {
            PutObjectRequest.Builder put = PutObjectRequest.builder()
                    .bucket(bucket)
                    .key(key)
                    .contentType(CONTENT_TYPE)
                    .contentLength(digest.length())
                    .metadata(metadata(refId, digest));
            if (condition && replaced == null) {
                put.ifNoneMatch("*");
            } else if (condition) {
                put.ifMatch(replaced.etag());
            }
            return s3.putObject(put.build(), body.asRequestBody()).eTag();
        });
    }

    /** Begins an upload in parts and returns its id. */
    String create(String key, UUID refId, TarDigest digest) throws IOException {
        return call("begin the upload of", key, () -> s3.createMultipartUpload(create ->
                        create.bucket(bucket).key(key).contentType(CONTENT_TYPE).metadata(metadata(refId, digest)))
                .uploadId());
    }

    /** @param part counted from 0 */
    CompletedPart putPart(String key, String uploadId, int part, long length, PartBody body) throws IOException {
        int number = part + 1;
        String etag = call("upload part " + number + " of", key, () -> s3.uploadPart(
                        put -> put.bucket(bucket)
                                .key(key)
                                .uploadId(uploadId)
                                .partNumber(number)
                                .contentLength(length),
                        body.asRequestBody())
                .eTag());
        return CompletedPart.builder().partNumber(number).eTag(etag).build();
    }

    /**
     * Assembles the object from its parts.
     *
     * @param replaced our own object that may be replaced; null when the key must be free
     */
    Completion complete(String key, String uploadId, List<CompletedPart> parts, @Nullable StoredObject replaced)
            throws IOException {
        CompleteMultipartUploadRequest.Builder complete = CompleteMultipartUploadRequest.builder()
                .bucket(bucket)
                .key(key)
                .uploadId(uploadId)
                .multipartUpload(upload -> upload.parts(parts));
        try {
            Optional<String> etag = conditionally("complete the upload of", key, condition -> {
                if (condition && replaced == null) {
                    complete.ifNoneMatch("*");
                } else if (condition) {
                    complete.ifMatch(replaced.etag());
                } else {
                    complete.ifNoneMatch(null).ifMatch(null);
                }
                return s3.completeMultipartUpload(complete.build()).eTag();
            });
            return etag.isPresent() ? Completion.DONE : Completion.OVERTAKEN;
        } catch (UploadFailedException failure) {
            if (failure.getCause() instanceof SdkException cause && (isGone(cause) || status(cause) == 0)) {
                return Completion.UNCLEAR;
            }
            throw failure;
        }
    }

    /** Deletes the parts of an unfinished upload; an upload that is already gone is fine. */
    void abort(String key, String uploadId) throws IOException {
        try {
            s3.abortMultipartUpload(abort -> abort.bucket(bucket).key(key).uploadId(uploadId));
        } catch (SdkException failure) {
            if (!isGone(failure)) {
                throw translate("abort upload " + uploadId + " of", key, failure);
            }
        }
    }

    /**
     * Aborts the unfinished uploads of exactly this key that began before an instant. Without the permission to list
     * them it only warns: the bucket's lifecycle rule removes them later.
     */
    void abortUnfinished(String key, Instant begunBefore) throws IOException {
        try {
            for (MultipartUpload upload : s3.listMultipartUploadsPaginator(
                            list -> list.bucket(bucket).prefix(key))
                    .uploads()) {
                Instant begun = upload.initiated();
                if (upload.key().equals(key) && begun != null && begun.isBefore(begunBefore)) {
                    abort(key, upload.uploadId());
                    LOG.info(
                            "Aborted upload {} of {}/{}, left unfinished since {}",
                            upload.uploadId(),
                            bucket,
                            key,
                            begun);
                }
            }
        } catch (SdkException failure) {
            if (status(failure) != 403 && status(failure) != 501) {
                throw translate("list the unfinished uploads of", key, failure);
            }
            LOG.warn("Cannot list the unfinished uploads of {}/{}: {}", bucket, key, failure.getMessage());
        }
    }

    /** @param write stores the object, with a condition or without, and gives its entity tag */
    private Optional<String> conditionally(String what, String key, Function<Boolean, String> write)
            throws IOException {
        boolean condition = conditions != Conditions.NOT_HONOURED;
        try {
            return Optional.of(write.apply(condition));
        } catch (SdkException failure) {
            if (condition && status(failure) == 501) {
                conditions = Conditions.NOT_HONOURED;
                return conditionally(what, key, write);
            }
            if (status(failure) == 412 || status(failure) == 409) {
                return Optional.empty();
            }
            throw translate(what, key, failure);
        }
    }

    private <T> T call(String what, String key, Callable<T> operation) throws IOException {
        try {
            return operation.call();
        } catch (SdkException failure) {
            throw translate(what, key, failure);
        } catch (RuntimeException ours) {
            throw ours;
        } catch (Exception undeclared) {
            throw new IllegalStateException(undeclared);
        }
    }

    private IOException translate(String what, String key, SdkException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SourceChangedException changed) {
                return changed;
            }
        }
        int status = status(failure);
        String reason = (status == INSUFFICIENT_STORAGE ? "the store is full " : "") + failure.getMessage();
        String message = "cannot " + what + " " + bucket + "/" + key + ": " + reason;
        boolean passes = failure.retryable()
                || status < 400
                || status >= 500
                || status == 408
                || status == 429
                || isGone(failure);
        return passes ? new UploadFailedException(message, failure) : new StoreRefusedException(message, failure);
    }

    /** 0 when there was no answer. */
    private static int status(SdkException failure) {
        return failure instanceof AwsServiceException answer ? answer.statusCode() : 0;
    }

    /** Another uploader of the key won, or an earlier attempt of ours had succeeded without our seeing the answer. */
    private static boolean isGone(SdkException failure) {
        return failure instanceof AwsServiceException answer
                && answer.awsErrorDetails() != null
                && answer.awsErrorDetails().errorCode() != null
                && UPLOAD_IS_GONE.contains(answer.awsErrorDetails().errorCode());
    }

    private static Map<String, String> metadata(UUID refId, TarDigest digest) {
        return Map.of(REF_ID, refId.toString(), SHA256, digest.sha256());
    }

    private static StoredObject stored(String key, HeadObjectResponse head) {
        return new StoredObject(
                key,
                head.contentLength(),
                head.eTag(),
                Optional.ofNullable(head.metadata().get(REF_ID)).flatMap(ObjectStore::uuid),
                Optional.ofNullable(head.metadata().get(SHA256)));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    /** How the completion of an upload in parts ended. */
    enum Completion {
        DONE,
        /** Something else appeared at the key: look again. */
        OVERTAKEN,
        /**
         * No answer, or the upload is gone: another uploader aborted it, or an earlier attempt of the SDK reached the
         * store, which may still be at work putting the parts together.
         */
        UNCLEAR
    }

    private enum Conditions {
        UNKNOWN,
        HONOURED,
        NOT_HONOURED
    }
}
