package routes.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
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
import routes.component.framestore.api.Durability;
import routes.platform.ConfigurationException;
import routes.platform.config.SelfChecking;
import routes.replay.protocol.Generation;
import routes.replay.protocol.GenerationTranslator;
import routes.replay.protocol.ProtocolVersions;
import routes.replay.settings.ReplaySettings;
import routes.replay.socket.CurveKeys;
import routes.replay.socket.FileMode;
import routes.replay.socket.SinkOptions;
import routes.replay.socket.SocketUrl;
import routes.replay.socket.TopicFilter;

/**
 * Settings of the replay workflow; {@code application.yaml} holds the defaults. What the original's configuration file
 * can say as well is asked of {@link ReplaySettings}, which come from that file when there is one.
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
        @NotNull @DurationMin(seconds = 1) Duration statsPeriod,
        @NotNull Duration jobEvictionTtl,
        @Valid Protocol protocol,
        @Valid InStream inStream,
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
     * Versions of Savant's protocol; its own nodes talk only to their own release.
     *
     * @param announced what messages made here say they are
     * @param accepted versions that are taken in; {@code *} stands for any text
     * @param generation1 what messages announce that are translated to generation 1, unless {@code announced} is of it
     * @param generation2 the same for generation 2
     */
    public record Protocol(
            @NotBlank String announced,
            @NotEmpty List<@NotBlank String> accepted,
            @NotNull @Pattern(regexp = "1\\..+", message = "must be a version 1.x") String generation1,
            @NotNull @Pattern(regexp = "2\\..+", message = "must be a version 2.x") String generation2) {}

    /**
     * Where frames come from.
     *
     * @param url {@code <router|sub|rep>+<bind|connect>:<endpoint>}
     * @param topics which topics are taken
     * @param receiveHwm high-water mark in messages a peer
     * @param sourceCacheSize expired connections remembered, so that their late messages are refused
     * @param inflightOps messages between socket and store
     * @param commitOps messages that may be on their way to the disk besides
     * @param inflightSize bytes between socket and store
     * @param maxMessageSize larger messages are dropped; who sends a frame of twice that is disconnected
     * @param ipcPermissions of the file of a bound ipc address
     * @param handover whether a sender with the identity of another takes its place, for router
     * @param heartbeatInterval how often each sender is asked for a sign of life; 0 is never
     * @param heartbeatTimeout after which silence a sender is disconnected; 0 is the interval
     */
    public record InStream(
            @NotBlank String url,
            @Valid Topics topics,
            @Min(1) int receiveHwm,
            @Min(1) int sourceCacheSize,
            @Min(1) int inflightOps,
            @Min(1) int commitOps,
            @NotNull DataSize inflightSize,
            @NotNull DataSize maxMessageSize,
            @NotBlank String ipcPermissions,
            boolean handover,
            @NotNull Duration heartbeatInterval,
            @NotNull Duration heartbeatTimeout,
            @Valid @NestedConfigurationProperty CurveKeys curve) {}

    /**
     * Which topics are taken; neither is all.
     *
     * @param sourceId exactly this one
     * @param prefix all that begin so
     */
    public record Topics(String sourceId, String prefix) {

        TopicFilter filter() {
            if (!sourceId.isEmpty()) {
                return new TopicFilter(TopicFilter.Kind.SOURCE_ID, sourceId);
            }
            return prefix.isEmpty() ? TopicFilter.ALL : new TopicFilter(TopicFilter.Kind.PREFIX, prefix);
        }
    }

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
            @Valid Sink options,
            @Valid @NestedConfigurationProperty CurveKeys curve) {

        /** Absent: each message as it came. */
        public Optional<GenerationTranslator> translation(ProtocolVersions versions) {
            return generation == 0 ? Optional.empty() : Optional.of(versions.translationTo(Generation.of(generation)));
        }
    }

    /**
     * How a writer's socket is tuned.
     *
     * @param sendTimeout of one attempt
     * @param sendRetries after the first attempt
     * @param receiveTimeout of one attempt to receive an acknowledgement
     * @param receiveRetries after the first attempt
     * @param sendHwm high-water mark in messages a peer
     * @param receiveHwm high-water mark in messages a peer; not for pub
     * @param inflightOps messages in the queue before the socket
     */
    record Sink(
            @NotNull @DurationMin(millis = 1) Duration sendTimeout,
            @Min(0) int sendRetries,
            @NotNull @DurationMin(millis = 1) Duration receiveTimeout,
            @Min(0) int receiveRetries,
            @Min(1) int sendHwm,
            @Min(1) int receiveHwm,
            @Min(1) int inflightOps) {

        SinkOptions options() {
            return new SinkOptions(
                    sendTimeout, sendRetries, receiveTimeout, receiveRetries, sendHwm, receiveHwm, inflightOps);
        }
    }

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
            @NotNull ReplaySettings.CompactionStyle compactionStyle,
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
     * @param sinkOptions of jobs that give none
     * @param sinkCurve keys that jobs may name, by their names
     * @param ipcDirectory below which sinks of jobs may have ipc sockets
     * @param writerCacheMaxCapacity sockets of sinks kept for re-use
     * @param writerCacheTtl how long one is kept, counted from its creation
     * @param maxRunning jobs that run at once; 0 is no limit, here and below
     * @param maxPerSink of these, jobs that send to the same URL
     * @param maxPerSource of these, jobs that read the same source
     * @param queueSize jobs that may wait to start; beyond, new ones are refused
     * @param exclusiveResultingIds whether each job is alone with its resulting id
     * @param history how long jobs are remembered after their end
     * @param threads that all jobs share
     * @param metered jobs that have meters of their own; the others are in the sums only
     * @param readAhead what each job holds ready at most, or one message that is larger
     */
    public record Jobs(
            boolean enabled,
            @Valid Sink sinkOptions,
            @DefaultValue
                    Map<
                                    @Pattern(
                                            regexp = "[A-Za-z0-9._-]+",
                                            message = "must have letters, digits and . _ - only")
                                    String,
                                    @Valid SinkCurve>
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
            @NotNull DataSize readAhead) {

        public Map<String, CurveKeys> curves() {
            return sinkCurve.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                    .keys()));
        }
    }

    /**
     * Keys of CURVE with which jobs connect; see {@link CurveKeys}.
     *
     * @param publicKey ours; needed beside a server key
     * @param secretKey ours
     * @param serverKey that of the receiver; without it this side is the server
     * @param allowedKeys for a server: public keys of the receivers that may connect
     */
    record SinkCurve(
            @DefaultValue("") String publicKey,
            @NotBlank String secretKey,
            @DefaultValue("") String serverKey,
            @DefaultValue List<String> allowedKeys) {

        CurveKeys keys() {
            return new CurveKeys(publicKey, secretKey, serverKey, allowedKeys);
        }

        @AssertTrue(message = "public-key is missing; a client of CURVE has one beside its secret-key")
        boolean isPublicKeyGiven() {
            return serverKey.isBlank() || !publicKey.isBlank();
        }

        /** Secrets do not belong into logs. */
        @Override
        public String toString() {
            return "SinkCurve[server=" + serverKey.isBlank() + "]";
        }
    }

    /**
     * Pictures and clips over HTTP.
     *
     * @param enabled whether this process makes them
     * @param thumbnailsAtOnce pictures that are made at the same time; further ones wait
     * @param exportsAtOnce clips that are made at the same time; further ones are refused
     */
    public record Media(boolean enabled, @Min(1) int thumbnailsAtOnce, @Min(1) @Max(10) int exportsAtOnce) {}

    /**
     * Cameras to play with.
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
        return originalFile().isPresent()
                ? List.of()
                : Stream.of(
                                fault(() -> address("replay.in-stream.url", inStream.url, SocketUrl::reader)),
                                fault(() -> outStream.url.isBlank()
                                        ? ""
                                        : address("replay.out-stream.url", outStream.url, SocketUrl::writer)))
                        .flatMap(Optional::stream)
                        .toList();
    }

    private static Optional<String> fault(Supplier<?> reading) {
        try {
            reading.get();
            return Optional.empty();
        } catch (ConfigurationException e) {
            return Optional.of(e.getMessage() + " " + e.action());
        }
    }

    /** The original's file, if one is given. */
    public Optional<Path> originalFile() {
        return configurationFile.isBlank() ? Optional.empty() : Optional.of(Path.of(configurationFile));
    }

    /**
     * These keys as settings.
     *
     * @param managementPort where HTTP listens
     * @throws ConfigurationException naming the address that is wrong
     */
    public ReplaySettings settings(int managementPort) {
        return new ReplaySettings(
                new ReplaySettings.Common(
                        managementPort,
                        statsPeriod,
                        outStream.passMetadataOnly,
                        jobs.writerCacheMaxCapacity,
                        jobs.writerCacheTtl,
                        jobEvictionTtl,
                        jobs.sinkOptions.options()),
                new ReplaySettings.InStream(
                        address("replay.in-stream.url", inStream.url, SocketUrl::reader), readerOptions()),
                outStream.url.isBlank()
                        ? Optional.empty()
                        : Optional.of(new ReplaySettings.OutStream(
                                address("replay.out-stream.url", outStream.url, SocketUrl::writer),
                                outStream.options.options())),
                new ReplaySettings.Storage(
                        storage.directory,
                        storage.ttl,
                        storage.durability == Durability.memory,
                        storage.maxTotalWalSize.toBytes(),
                        storage.compactionStyle,
                        storage.maxLogFileSize.toBytes(),
                        storage.keepLogFileNum));
    }

    private ReplaySettings.ReaderOptions readerOptions() {
        return new ReplaySettings.ReaderOptions(
                ReplaySettings.ReaderOptions.DEFAULT.receiveTimeout(),
                inStream.receiveHwm,
                inStream.topics.filter(),
                inStream.sourceCacheSize,
                inStream.inflightOps,
                FileMode.parse(inStream.ipcPermissions).bits());
    }

    private static <T> T address(String key, String url, Function<String, T> parser) {
        try {
            return parser.apply(url);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    key + " " + e.getMessage() + ".",
                    "Write for instance router+bind:tcp://127.0.0.1:5555 (docs/replay.md).",
                    e);
        }
    }
}
