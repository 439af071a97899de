package routes.imaging.event;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The entry of the stream {@code data-ingester:new-imaging-event}: one JSON object in the field {@code data}.
 *
 * @param timestamp ISO 8601 with offset, as the microscope wrote it
 * @param system folder of the imaging system
 * @param position absent in entries of the original
 * @param plate absent in entries of the original
 * @param crossDate absent in entries of the original
 * @param uploadAgain whether an operator wants what lies there now to replace the object; absent otherwise
 */
public record NewImagingEvent(
        @JsonProperty("ref_id") UUID refId,
        @JsonProperty("experiment_id") String experimentId,
        String timestamp,
        EventType type,
        String system,
        @JsonProperty("src_dir_info") Source source,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer position,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer plate,
        @JsonProperty("cross_date") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LocalDate crossDate,
        @JsonProperty("upload_again") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean uploadAgain) {

    public boolean wantsUploadAgain() {
        return Boolean.TRUE.equals(uploadAgain);
    }

    public NewImagingEvent uploadedAgain() {
        return new NewImagingEvent(
                refId, experimentId, timestamp, type, system, source, position, plate, crossDate, true);
    }

    /**
     * Where the images are.
     *
     * @param stagingPath name of the copy in the staging folder; null when none was made
     * @param localPath folder or file below the system's folder, see {@link SystemShare#normalize}
     * @param imageCount images the microscope announced
     * @param imageCountActual images that were found; absent in entries of the original
     * @param rawMetadata {@code {"event": …, "metadata": …}}
     */
    public record Source(
            @JsonProperty("staging_path") @Nullable String stagingPath,
            @JsonProperty("local_path") String localPath,
            @JsonProperty("img_count") int imageCount,
            @JsonProperty("img_count_actual") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
                    Integer imageCountActual,
            @JsonProperty("raw_metadata") JsonNode rawMetadata) {

        @SuppressWarnings(
                "ConstantValue") // a foreign entry may lack it, which the reader of the entry reports, which its reader
        // reports
        public Source {
            localPath = localPath == null ? null : SystemShare.normalize(localPath);
        }

        public Optional<String> staging() {
            return Optional.ofNullable(stagingPath);
        }
    }
}
