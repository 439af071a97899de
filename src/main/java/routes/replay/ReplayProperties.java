package routes.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;
import routes.component.framestore.api.Compaction;
import routes.component.framestore.api.Durability;
import routes.platform.config.SelfChecking;
import routes.replay.socket.CurveKeys;
import routes.replay.socket.InStream;
import routes.replay.socket.SinkOptions;
import routes.replay.socket.SocketUrl;

/**
 * Settings of the replay workflow; {@code application.yaml} holds the defaults, and the original's configuration file is
 * one more place to set them.
 *
 * @param enabled whether this process replays at all; each stage has a switch of its own
 * @param configurationFile the original's JSON file; when set, it decides what it has keys for, and HTTP listens on its
 *     management port
 * @param statsPeriod pause between two lines of statistics in the log
 * @param jobEvictionTtl how long a stopped job is listed
 */
@Validated
@ConfigurationProperties("replay")
public record ReplayProperties(
        boolean enabled,
        String configurationFile,
        @NotNull @DurationMin(millis = 1) Duration statsPeriod,
        @NotNull Duration jobEvictionTtl,
        @Valid Protocol protocol,
        @Valid @NestedConfigurationProperty InStream inStream,
        @Valid OutStream outStream,
        @Valid Storage storage,
        @Valid Ingest ingest,
        @Valid Api api,
        @Valid Egress egress,
        @Valid Jobs jobs,
        @Valid Media media,
        @Valid Demo demo)
        implements SelfChecking {

    /**
     * Versions of Savant's protocol. Its own nodes talk only to nodes of their own release.
     *
     * @param announced what messages made here say they are
     * @param accepted versions that are taken in; {@code *} stands for any text
     * @param generation1 what messages that are translated to generation 1 announce, unless {@code announced} is of it
     * @param generation2 the same for generation 2
     */
    public record Protocol(
            @NotBlank String announced,
            @NotEmpty List<@NotBlank String> accepted,
            @NotNull @Pattern(regexp = "1\\..+", message = "must be a version 1.x") String generation1,
            @NotNull @Pattern(regexp = "2\\..+", message = "must be a version 2.x") String generation2) {}

    /**
     * Where frames are forwarded to.
     *
     * @param url {@code <pub|dealer|req>+<bind|connect>:<endpoint>}; nothing is forwarded when empty
     * @param passMetadataOnly forward without data frames
     * @param generation of the wire that everything is forwarded in, 1 or 2; 0: as it came
     */
    public record OutStream(
            String url,
            boolean passMetadataOnly,
            @Min(0) @Max(2) int generation,
            @Valid @NestedConfigurationProperty SinkOptions options,
            @Valid @NestedConfigurationProperty CurveKeys curve) {}

    /**
     * The frame store.
     *
     * @param directory folder, made when absent
     * @param ttl age at which stored messages are no longer served; 0 is never
     * @param durability what a stored message has survived
     * @param minFreeSpace free space on the disk below which nothing is stored
     * @param maxTotalWalSize of all write-ahead logs together
     * @param compactionStyle how the store merges its files
     * @param maxLogFileSize of the store's own log; 0 is one file without bound
     * @param keepLogFileNum how many of these logs are kept
     */
    public record Storage(
            @NotBlank String directory,
            @NotNull @DurationMin Duration ttl,
            @NotNull Durability durability,
            @NotNull DataSize minFreeSpace,
            @NotNull DataSize maxTotalWalSize,
            @NotNull Compaction compactionStyle,
            @NotNull DataSize maxLogFileSize,
            @Min(0) long keepLogFileNum) {}

    /**
     * Recording.
     *
     * @param enabled whether this process records
     */
    public record Ingest(boolean enabled) {}

    /**
     * HTTP.
     *
     * @param enabled whether this process answers {@code /replay/api/v1}
     */
    record Api(boolean enabled) {}

    /**
     * Forwarding.
     *
     * @param enabled whether this process forwards
     * @param bufferMessages messages that may wait to be forwarded; beyond, the oldest are dropped
     * @param bufferSize the same in bytes
     */
    public record Egress(boolean enabled, @Min(1) int bufferMessages, @NotNull DataSize bufferSize) {}

    /**
     * Jobs.
     *
     * @param enabled whether this process runs jobs
     * @param sinkOptions how sockets of jobs are tuned that give no options
     * @param sinkCurve keys that jobs may name, by their names; each has a secret key
     * @param ipcDirectory below which sinks of jobs may have ipc sockets
     * @param writerCacheMaxCapacity sockets of sinks that are kept for reuse
     * @param writerCacheTtl how long one is kept, counted from its creation
     * @param maxRunning jobs that run at once; 0 is no limit, here and below
     * @param maxPerSink of these, jobs that send to the same URL
     * @param maxPerSource of these, jobs that read the same source
     * @param queueSize jobs that may wait to start; beyond, new ones are refused
     * @param exclusiveResultingIds whether each job is alone with its resulting id
     * @param history how long jobs are remembered after their end
     * @param threads that all jobs share
     * @param metered jobs that have meters of their own; the others are in the sums only
     * @param readAhead how much each job holds ready at most, unless a single message is larger
     */
    public record Jobs(
            boolean enabled,
            @Valid @NestedConfigurationProperty SinkOptions sinkOptions,
            @DefaultValue
                    Map<
                                    @Pattern(
                                            regexp = "[A-Za-z0-9._-]+",
                                            message = "must have letters, digits and . _ - only")
                                    String,
                                    CurveKeys>
                            sinkCurve,
            @NotBlank String ipcDirectory,
            @Min(1) @Max(Integer.MAX_VALUE) long writerCacheMaxCapacity,
            @NotNull Duration writerCacheTtl,
            @Min(0) int maxRunning,
            @Min(0) int maxPerSink,
            @Min(0) int maxPerSource,
            @Min(0) int queueSize,
            boolean exclusiveResultingIds,
            @NotNull Duration history,
            @Min(1) int threads,
            @Min(0) int metered,
            @NotNull DataSize readAhead) {}

    /**
     * Pictures and clips over HTTP.
     *
     * @param enabled whether this process makes them
     * @param thumbnailsAtOnce pictures that are made at the same time; further ones wait
     * @param exportsAtOnce clips that are made at the same time; further ones are refused
     */
    public record Media(boolean enabled, @Min(1) int thumbnailsAtOnce, @Min(1) @Max(10) int exportsAtOnce) {}

    /**
     * The synthetic cameras of the demo.
     *
     * @param enabled whether they run
     * @param url where they send, as a Savant source does
     * @param width of their pictures, in pixels
     * @param height of their pictures, in pixels
     * @param framesPerSecond of each
     */
    public record Demo(
            boolean enabled,
            @NotBlank String url,
            @Min(32) @Max(4096) int width,
            @Min(32) @Max(4096) int height,
            @Min(1) @Max(120) int framesPerSecond) {}

    @Override
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        address("replay.in-stream.url", inStream.url(), SocketUrl::reader, faults);
        if (!outStream.url.isBlank()) {
            address("replay.out-stream.url", outStream.url, SocketUrl::writer, faults);
        }
        jobs.sinkCurve.forEach((name, keys) -> {
            String curve = "replay.jobs.sink-curve." + name;
            if (!keys.isSet()) {
                faults.add(curve + ".secret-key is required and not set.");
            }
            if (!keys.server() && keys.publicKey().isBlank()) {
                faults.add(curve + ".public-key is missing; a client of CURVE has one beside its secret-key.");
            }
        });
        return faults;
    }

    private static void address(String key, String url, Consumer<String> parser, List<String> faults) {
        try {
            parser.accept(url);
        } catch (IllegalArgumentException e) {
            faults.add(key + " " + e.getMessage()
                    + ". Write for instance router+bind:tcp://127.0.0.1:5555 (docs/replay.md).");
        }
    }
}
