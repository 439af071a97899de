package routes.imaging;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The entry of the stream {@code upload-worker:new-export}: one JSON object in the field {@code data}.
 *
 * @param size bytes of the tar
 * @param key of the object, with the bucket as first segment
 * @param timestamp when the upload was complete
 */
record NewExport(@JsonProperty("ref_id") UUID refId, Checksum checksum, long size, String key, Instant timestamp) {

    /** @param hex lower-case hex digits */
    record Checksum(String hex, String algorithm) {}
}
