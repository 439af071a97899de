package routes.replay.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import routes.platform.json.JsonDuration;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;
import routes.replay.protocol.json.JsonVariant;
import routes.replay.settings.ReplaySettings.Common;
import routes.replay.settings.ReplaySettings.CompactionStyle;
import routes.replay.settings.ReplaySettings.InStream;
import routes.replay.settings.ReplaySettings.OutStream;
import routes.replay.settings.ReplaySettings.ReaderOptions;
import routes.replay.settings.ReplaySettings.Storage;
import routes.replay.socket.ReaderType;
import routes.replay.socket.SinkOptions;
import routes.replay.socket.SocketUrl;
import routes.replay.socket.TopicFilter;
import routes.replay.socket.WriterType;

/** The settings as the original's configuration file has them. */
final class ReplaySettingsJson {

    private static final int MIN_PORT = 1025;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_MODE = 07777;

    private ReplaySettingsJson() {}

    /**
     * @throws IllegalArgumentException when it is no object
     * @throws routes.platform.InvalidInputException with every key that is missing or wrong
     */
    static ReplaySettings read(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        Common common = fields.required("common", ReplaySettingsJson::common);
        InStream inStream = fields.required("in_stream", ReplaySettingsJson::inStream);
        Optional<OutStream> outStream = fields.optional("out_stream", ReplaySettingsJson::outStream);
        Storage storage = fields.required("storage", ReplaySettingsJson::storage);
        fields.throwIfAnyProblem();
        return new ReplaySettings(common, inStream, outStream, storage);
    }

    private static Common common(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        Integer port = fields.required("management_port", JsonValues.smallNumber(MIN_PORT, MAX_PORT));
        Duration statsPeriod = fields.required("stats_period", JsonDuration::read);
        Boolean metadataOnly = fields.required("pass_metadata_only", JsonValues::truth);
        Long cacheCapacity =
                fields.required("job_writer_cache_max_capacity", JsonValues.wholeNumber(1, Long.MAX_VALUE));
        Duration cacheTtl = fields.required("job_writer_cache_ttl", JsonDuration::read);
        Duration evictionTtl = fields.required("job_eviction_ttl", JsonDuration::read);
        Optional<SinkOptions> sinkOptions = fields.optional("default_job_sink_options", SinkOptions::read);
        fields.throwIfAnyProblem();
        return new Common(
                port,
                statsPeriod,
                metadataOnly,
                cacheCapacity,
                cacheTtl,
                evictionTtl,
                sinkOptions.orElse(SinkOptions.DEFAULT));
    }

    private static InStream inStream(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        SocketUrl<ReaderType> url = fields.required("url", text -> SocketUrl.reader(JsonValues.text(text)));
        Optional<ReaderOptions> options =
                fields.optional("options", given -> readerOptions(given, url == null || url.bind()));
        fields.throwIfAnyProblem();
        return new InStream(url, options.orElse(ReaderOptions.DEFAULT));
    }

    /** @param bind whether the socket makes a file whose mode can be set */
    private static ReaderOptions readerOptions(JsonNode node, boolean bind) {
        JsonFields fields = new JsonFields(node);
        Duration timeout = fields.required("receive_timeout", JsonDuration::readTimeout);
        Integer hwm = fields.required("receive_hwm", JsonValues.smallNumber(1, Integer.MAX_VALUE));
        TopicFilter topics = fields.required("topic_prefix_spec", ReplaySettingsJson::topicFilter);
        Integer cacheSize = fields.required("source_cache_size", JsonValues.smallNumber(1, Integer.MAX_VALUE));
        Integer inflightOps = fields.required("inflight_ops", JsonValues.smallNumber(0, Integer.MAX_VALUE));
        Optional<Integer> mode = fields.optional("fix_ipc_permissions", JsonValues.smallNumber(0, MAX_MODE));
        if (mode.isPresent() && !bind) {
            fields.problem("fix_ipc_permissions", "must not be set where the url says connect");
        }
        fields.throwIfAnyProblem();
        return new ReaderOptions(
                timeout, hwm, topics, cacheSize, inflightOps, mode.orElse(ReaderOptions.DEFAULT_IPC_PERMISSIONS));
    }

    private static TopicFilter topicFilter(JsonNode node) {
        JsonVariant variant = JsonVariant.of(node);
        return switch (variant.tag()) {
            case "none" -> {
                variant.withoutValue();
                yield TopicFilter.ALL;
            }
            case "source_id" -> new TopicFilter(TopicFilter.Kind.SOURCE_ID, variant.read(JsonValues::text));
            case "prefix" -> new TopicFilter(TopicFilter.Kind.PREFIX, variant.read(JsonValues::text));
            default -> throw variant.unknown("none, source_id, prefix");
        };
    }

    private static OutStream outStream(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        SocketUrl<WriterType> url = fields.required("url", SocketUrl::writerOf);
        Optional<SinkOptions> options = fields.optional("options", SinkOptions::read);
        fields.throwIfAnyProblem();
        return new OutStream(url, options.orElse(SinkOptions.DEFAULT));
    }

    private static Storage storage(JsonNode node) {
        JsonVariant variant = JsonVariant.of(node);
        if (!variant.tag().equals("rocksdb")) {
            throw variant.unknown("rocksdb");
        }
        return variant.read(ReplaySettingsJson::rocksDb);
    }

    private static Storage rocksDb(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        String path = fields.required("path", JsonValues::nonEmptyText);
        Duration ttl = fields.required("data_expiration_ttl", JsonDuration::read);
        Optional<Boolean> disableWal = fields.optional("disable_wal", JsonValues::truth);
        Optional<Long> walSize = fields.optional("max_total_wal_size", JsonValues.wholeNumber(0, Long.MAX_VALUE));
        Optional<CompactionStyle> compaction = fields.optional("compaction_style", ReplaySettingsJson::compactionStyle);
        Optional<Long> logSize = fields.optional("max_log_file_size", JsonValues.wholeNumber(0, Long.MAX_VALUE));
        Optional<Long> logs = fields.optional("keep_log_file_num", JsonValues.wholeNumber(0, Long.MAX_VALUE));
        fields.throwIfAnyProblem();
        return new Storage(
                path,
                Duration.ofSeconds(ttl.getSeconds()),
                disableWal.orElse(false),
                walSize.orElse(Storage.DEFAULT_MAX_TOTAL_WAL_SIZE),
                compaction.orElse(CompactionStyle.UNIVERSAL),
                logSize.orElse(0L),
                logs.orElse(Storage.DEFAULT_KEEP_LOG_FILE_NUM));
    }

    private static CompactionStyle compactionStyle(JsonNode node) {
        String text = JsonValues.text(node);
        return Arrays.stream(CompactionStyle.values())
                .filter(style -> style.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be level, universal or fifo"));
    }
}
