package routes.imaging;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;
import routes.imaging.event.SystemShare;
import routes.platform.config.Folder;

/**
 * Settings of the imaging workflow; {@code application.yaml} holds the defaults and the original's environment
 * variables that set them.
 *
 * @param enabled whether this process does anything for imaging; each stage has a switch of its own
 * @param sourceDir folder with one sub-folder a system, see {@link SystemShare}
 * @param systems names of the systems that are served
 * @param bucket S3 bucket that gets the tars
 * @param consumerName this process in the consumer groups; one that is stable over restarts gets its own unfinished
 *     entries back at once
 */
@Validated
@ConfigurationProperties("imaging")
public record ImagingProperties(
        boolean enabled,
        @NotNull @Folder Path sourceDir,
        @NotEmpty List<String> systems,
        @NotBlank String bucket,
        String consumerName,
        @Valid Streams streams,
        @Valid Ingest ingest,
        @Valid Staging staging,
        @Valid State state,
        @Valid Upload upload,
        @Valid Tape tape,
        @Valid Api api,
        @Valid Retention retention,
        @Valid Report report,
        @Valid Demo demo) {

    /**
     * Names of the Redis streams and consumer groups.
     *
     * @param events stream of new imaging events
     * @param exports stream of finished uploads
     * @param uploadGroup group of {@code events} that uploads
     * @param importGroup group of {@code events} that records events in the database
     * @param exportGroup group of {@code exports} that records uploads in the database
     * @param retention how long read and acknowledged entries are kept
     * @param trimInterval pause between two trimmings
     */
    public record Streams(
            @NotBlank String events,
            @NotBlank String exports,
            @NotBlank String uploadGroup,
            @NotBlank String importGroup,
            @NotBlank String exportGroup,
            @NotNull Duration retention,
            @NotNull Duration trimInterval) {}

    /**
     * Reading event files.
     *
     * @param enabled whether this process reads them
     * @param pollInterval pause between two looks into an events folder
     * @param settle an event file has to be unchanged for this long
     * @param parseGrace a file that is not JSON is given this long after its last change
     * @param imageGrace missing images are waited for this long
     * @param imageRecheck pause between two looks at missing images
     * @param maxEventSize larger event files are refused
     */
    public record Ingest(
            boolean enabled,
            @NotNull Duration pollInterval,
            @NotNull Duration settle,
            @NotNull Duration parseGrace,
            @NotNull Duration imageGrace,
            @NotNull Duration imageRecheck,
            @NotNull DataSize maxEventSize) {}

    /**
     * Copying sources off the shares before their event is published.
     *
     * @param enabled for all systems
     * @param systems for these systems only
     */
    public record Staging(boolean enabled, List<String> systems) {}

    /**
     * Recording events and uploads in the database.
     *
     * @param enabled whether this process records
     */
    record State(boolean enabled) {}

    /**
     * Making and uploading tars.
     *
     * @param enabled whether this process uploads
     * @param jobs uploads at once
     * @param maxConcurrency parts of one upload at once
     * @param multipartThreshold tars from this size on are uploaded in parts
     * @param partSize of a part; grows where a tar would need more than 10,000
     * @param stallLimit an upload without progress for this long has failed
     * @param retryDelays pauses before each further attempt, the last one repeats
     * @param retryFor an event that could not be uploaded for this long goes to the dead letters
     */
    public record Upload(
            boolean enabled,
            @Min(1) int jobs,
            @Min(1) int maxConcurrency,
            @NotNull DataSize multipartThreshold,
            @NotNull DataSize partSize,
            @NotNull Duration stallLimit,
            @NotBlank String retryDelays,
            @NotNull Duration retryFor) {}

    /**
     * Notifications of the tape archiver.
     *
     * @param enabled whether this process listens to them
     * @param uri Camel endpoint they come from
     * @param deadUri Camel endpoint for those that cannot be processed; when empty, a durable queue of the same broker
     */
    record Tape(boolean enabled, @NotBlank String uri, String deadUri) {}

    /**
     * HTTP queries and operations.
     *
     * @param enabled whether this process answers them
     * @param presignExpiry how long a download URL is valid
     */
    public record Api(boolean enabled, @NotNull Duration presignExpiry) {}

    /**
     * Deletion of what is uploaded.
     *
     * @param enabled whether this process deletes
     * @param interval pause between two runs
     * @param deleteSystems only sources of these systems are deleted
     * @param sourceLifespan age, counted from publication, at which a source is deleted
     * @param stagingLifespan age at which a staging copy is deleted
     */
    public record Retention(
            boolean enabled,
            @NotNull Duration interval,
            List<String> deleteSystems,
            @NotNull Duration sourceLifespan,
            @NotNull Duration stagingLifespan) {}

    /**
     * Yesterday's numbers, posted as an Adaptive Card.
     *
     * @param enabled whether this process posts them
     * @param webhookUrl where to; unset means no report
     * @param schedule Quartz cron expression
     * @param zone time zone of the schedule
     */
    public record Report(boolean enabled, @Nullable URI webhookUrl, @NotBlank String schedule, @NotNull ZoneId zone) {}

    /**
     * The sample microscope of the profile demo.
     *
     * @param enabled whether it makes time steps
     * @param interval pause between two time steps
     * @param images images in each
     */
    public record Demo(boolean enabled, @NotNull Duration interval, @Min(0) @Max(100_000) int images) {}
}
