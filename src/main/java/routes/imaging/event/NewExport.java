package routes.imaging.event;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The entry of the stream {@code upload-worker:new-export}: one JSON object in the field {@code data}.
 *
 * @param size bytes of the tar
 * @param key of the object, with the bucket as first segment
 * @param timestamp when the upload was complete
 * @param replaces the checksum, as recorded, of the object that this one replaces because an operator wants it to;
 *     absent otherwise
 * @param imageCountActual images that were found then; absent otherwise
 */
public record NewExport(
        @JsonProperty("ref_id") UUID refId,
        Checksum checksum,
        long size,
        String key,
        Instant timestamp,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String replaces,
        @JsonProperty("img_count_actual") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
                Integer imageCountActual) {

    /** @param hex lower-case hex digits */
    public record Checksum(String hex, String algorithm) {}
}
