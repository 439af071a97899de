package routes.replay.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import routes.component.framestore.api.Compaction;
import routes.component.framestore.api.Durability;
import routes.platform.json.JsonDuration;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;
import routes.replay.protocol.json.JsonVariant;
import routes.replay.socket.SinkOptions;
import routes.replay.socket.SocketUrl;
import routes.replay.socket.TopicFilter;

/** What the original's configuration file says, under our keys. */
final class OriginalKeys {

    private static final int MIN_PORT = 1025;
    private static final int MAX_PORT = 65_535;
    private static final int MAX_MODE = 07777;
    private static final String ALL_PERMISSIONS = "rwxrwxrwx";
    private static final Function<JsonNode, Long> SIZE = JsonValues.wholeNumber(0, Long.MAX_VALUE);

    private final Path file;
    private final Map<String, Object> ours = new TreeMap<>();

    private OriginalKeys(Path file) {
        this.file = file;
    }

    /**
     * @param file that the JSON comes from, for messages about its values
     * @throws IllegalArgumentException when it is not an object
     * @throws routes.platform.InvalidInputException with every key that is missing or wrong
     */
    static Map<String, Object> read(JsonNode json, Path file) {
        OriginalKeys keys = new OriginalKeys(file);
        Section all = keys.new Section("", json);
        all.section("common", keys::common);
        all.section("in_stream", keys::inStream);
        // Without this section nothing is forwarded, whatever our own keys say
        keys.put("out_stream", "replay.out-stream.url", "");
        all.fields.optional("out_stream", keys::outStream);
        all.section("storage", keys::storage);
        all.fields.throwIfAnyProblem();
        return keys.ours;
    }

    private Section common(JsonNode node) {
        Section common = new Section("common.", node);
        common.required("management_port", "server.port", JsonValues.smallNumber(MIN_PORT, MAX_PORT));
        common.required("stats_period", "replay.stats-period", JsonDuration::read);
        common.required("pass_metadata_only", "replay.out-stream.pass-metadata-only", JsonValues::truth);
        common.required(
                "job_writer_cache_max_capacity",
                "replay.jobs.writer-cache-max-capacity",
                JsonValues.wholeNumber(1, Long.MAX_VALUE).andThen(sockets -> Math.min(sockets, Integer.MAX_VALUE)));
        common.required("job_writer_cache_ttl", "replay.jobs.writer-cache-ttl", JsonDuration::read);
        common.required("job_eviction_ttl", "replay.job-eviction-ttl", JsonDuration::read);
        common.optional("default_job_sink_options", "replay.jobs.sink-options", SinkOptions::read);
        return common.complete();
    }

    private Section inStream(JsonNode node) {
        Section stream = new Section("in_stream.", node);
        String url = stream.required("url", "replay.in-stream.url", text -> SocketUrl.reader(JsonValues.text(text))
                .toString());
        boolean bind = url == null || SocketUrl.reader(url).bind();
        stream.fields.optional("options", options -> readerOptions(options, bind));
        return stream.complete();
    }

    /** @param bind whether the socket makes a file whose mode can be set */
    private Section readerOptions(JsonNode node, boolean bind) {
        Section options = new Section("in_stream.options.", node);
        // The original requires it. A socket here waits for as long as it is open
        options.fields.required("receive_timeout", JsonDuration::readTimeout);
        options.required("receive_hwm", "replay.in-stream.receive-hwm", JsonValues.smallNumber(1, Integer.MAX_VALUE));
        options.required("topic_prefix_spec", "replay.in-stream.topics", OriginalKeys::topicFilter);
        options.required(
                "source_cache_size",
                "replay.in-stream.source-cache-size",
                JsonValues.smallNumber(1, Integer.MAX_VALUE));
        options.required("inflight_ops", "replay.in-stream.inflight-ops", JsonValues.smallNumber(0, Integer.MAX_VALUE));
        boolean mode = options.optional(
                        "fix_ipc_permissions", "replay.in-stream.ipc-permissions", OriginalKeys::permissions)
                .isPresent();
        if (mode && !bind) {
            options.fields.problem("fix_ipc_permissions", "must not be set where the url says connect");
        }
        return options.complete();
    }

    /** The mode as letters. The bits above them mean nothing for the file of a socket. */
    private static String permissions(JsonNode node) {
        int mode = JsonValues.smallNumber(0, MAX_MODE).apply(node);
        StringBuilder letters = new StringBuilder(ALL_PERMISSIONS);
        for (int bit = 0; bit < letters.length(); bit++) {
            if ((mode >> bit & 1) == 0) {
                letters.setCharAt(letters.length() - 1 - bit, '-');
            }
        }
        return letters.toString();
    }

    private static TopicFilter topicFilter(JsonNode node) {
        JsonVariant variant = JsonVariant.of(node);
        return switch (variant.tag()) {
            case "none" -> {
                variant.withoutValue();
                yield TopicFilter.ALL;
            }
            case "source_id" -> TopicFilter.source(variant.read(JsonValues::nonEmptyText));
            case "prefix" -> TopicFilter.prefix(variant.read(JsonValues::text));
            default -> throw variant.unknown("none, source_id, prefix");
        };
    }

    private Section outStream(JsonNode node) {
        Section stream = new Section("out_stream.", node);
        stream.required(
                "url", "replay.out-stream.url", text -> SocketUrl.writerOf(text).toString());
        stream.optional("options", "replay.out-stream.options", SinkOptions::read);
        return stream.complete();
    }

    private Section storage(JsonNode node) {
        JsonVariant variant = JsonVariant.of(node);
        if (!variant.tag().equals("rocksdb")) {
            throw variant.unknown("rocksdb");
        }
        return variant.read(this::rocksDb);
    }

    private Section rocksDb(JsonNode node) {
        Section store = new Section("storage.rocksdb.", node);
        store.required("path", "replay.storage.directory", JsonValues::nonEmptyText);
        store.required(
                "data_expiration_ttl",
                "replay.storage.ttl",
                ttl -> Duration.ofSeconds(JsonDuration.read(ttl).getSeconds()));
        if (store.fields.optional("disable_wal", JsonValues::truth).orElse(false)) {
            put("storage.rocksdb.disable_wal", "replay.storage.durability", Durability.memory);
        }
        store.optional("max_total_wal_size", "replay.storage.max-total-wal-size", SIZE);
        store.optional("compaction_style", "replay.storage.compaction-style", OriginalKeys::compaction);
        store.optional("max_log_file_size", "replay.storage.max-log-file-size", SIZE);
        store.optional("keep_log_file_num", "replay.storage.keep-log-file-num", SIZE);
        return store.complete();
    }

    /** RocksDB's FIFO would drop what is held, so it is not offered; for the store it means the same as universal. */
    private static Compaction compaction(JsonNode node) {
        return switch (JsonValues.text(node)) {
            case "level" -> Compaction.level;
            case "universal", "fifo" -> Compaction.universal;
            default -> throw new IllegalArgumentException("must be level, universal or fifo");
        };
    }

    private void put(String original, String key, Object value) {
        ours.put(key, OriginTrackedValue.of(value, new Place(original, file)));
    }

    /** An object of the file. What it leaves out keeps the value of our own key, which has the original's default. */
    private final class Section {

        private final String path;
        private final JsonFields fields;

        Section(String path, JsonNode node) {
            this.path = path;
            this.fields = new JsonFields(node);
        }

        void section(String name, Function<JsonNode, Section> reader) {
            fields.required(name, reader);
        }

        /** Null only when a problem was noted. */
        <T> @Nullable T required(String name, String key, Function<JsonNode, T> reader) {
            T value = fields.required(name, reader);
            if (value != null) {
                put(path + name, key, value);
            }
            return value;
        }

        <T> Optional<T> optional(String name, String key, Function<JsonNode, T> reader) {
            Optional<T> value = fields.optional(name, reader);
            value.ifPresent(given -> put(path + name, key, given));
            return value;
        }

        /** @throws routes.platform.InvalidInputException when a problem was noted */
        Section complete() {
            fields.throwIfAnyProblem();
            return this;
        }
    }

    /** For messages about a value: its key and the file. */
    private record Place(String key, Path file) implements Origin {

        @Override
        public String toString() {
            return key + " of " + file;
        }
    }
}
