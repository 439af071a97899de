package routes.replay.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import routes.component.framestore.api.Compaction;
import routes.platform.ConfigurationException;
import routes.replay.Json;
import routes.replay.socket.SinkOptions;
import routes.replay.socket.TopicFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

class ReplayConfigurationFileTest {

    /** Section 2 of the specification. */
    private static final String MINIMAL =
            """
            {
              'common': {
                'management_port': 8080,
                'stats_period': {'secs': 60, 'nanos': 0},
                'pass_metadata_only': false,
                'job_writer_cache_max_capacity': 100,
                'job_writer_cache_ttl': {'secs': 60, 'nanos': 0},
                'job_eviction_ttl': {'secs': 300, 'nanos': 0}
              },
              'in_stream': {'url': 'router+bind:tcp://0.0.0.0:5555'},
              'storage': {'rocksdb': {'path': '${DB_PATH:-/var/lib/replay}', 'data_expiration_ttl': {'secs': 3600, 'nanos': 5}}}
            }""";

    @TempDir
    private Path directory;

    private final ObjectNode file = Json.object(MINIMAL);

    @Test
    @DisplayName("RP5 RP6 RP7 the minimal example leaves all else to our keys and their defaults")
    void minimal() throws Exception {
        assertThat(read())
                .containsOnly(
                        entry("server.port", 8080),
                        entry("replay.stats-period", Duration.ofSeconds(60)),
                        entry("replay.out-stream.pass-metadata-only", false),
                        entry("replay.jobs.writer-cache-max-capacity", 100L),
                        entry("replay.jobs.writer-cache-ttl", Duration.ofSeconds(60)),
                        entry("replay.job-eviction-ttl", Duration.ofSeconds(300)),
                        entry("replay.in-stream.url", "router+bind:tcp://0.0.0.0:5555"),
                        entry("replay.out-stream.url", ""),
                        entry("replay.storage.directory", "/var/lib/replay"),
                        entry("replay.storage.ttl", Duration.ofHours(1)));
    }

    @Test
    @DisplayName("RP1 a file that is not there or is not JSON is named")
    void unreadable() throws Exception {
        assertThatThrownBy(() -> ReplayConfigurationFile.read(directory.resolve("gone.json"), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("gone.json");
        Path broken = Files.writeString(directory.resolve("broken.json"), "{\n \"common\": oops}");
        assertThatThrownBy(() -> ReplayConfigurationFile.read(broken, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("broken.json")
                .hasMessageContaining("line 2");
        Path empty = Files.writeString(directory.resolve("empty.json"), "");
        assertThatThrownBy(() -> ReplayConfigurationFile.read(empty, Map.of()))
                .isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @CsvSource({"1024, false", "1025, true", "65535, true", "65536, false", "0, false"})
    @DisplayName("RP2 the management port must be above 1024")
    void port(int port, boolean accepted) throws Exception {
        file.withObject("/common").put("management_port", port);

        if (accepted) {
            assertThat(read()).containsEntry("server.port", port);
        } else {
            assertThatThrownBy(this::read)
                    .hasMessageContaining("common.management_port must be a whole number from 1025");
        }
    }

    @Test
    @DisplayName("RP3 environment variables are expanded in the text, with their default where unset")
    void environment() {
        Map<String, String> variables = Map.of("A", "set $1\\", "E", "");

        assertThat(ReplayConfigurationFile.expand("${A:-x} ${B:-y} ${E:-z}| ${C:-} ${D:-a:-b} $A ${} {A}", variables))
                .isEqualTo("set $1\\ y |  a:-b $A ${} {A}");
        assertThatThrownBy(() -> ReplayConfigurationFile.expand("${NONE}", variables))
                .hasMessage("the environment variable NONE is not set and has no default");
    }

    @Test
    @DisplayName("RP3 in any value, also a number")
    void environmentInTheFile() throws Exception {
        Path path = Files.writeString(
                directory.resolve("replay.json"), MINIMAL.replace('\'', '"').replace("8080", "${PORT:-1}"));

        assertThat(values(ReplayConfigurationFile.read(path, Map.of("DB_PATH", "/data", "PORT", "9090"))))
                .containsEntry("replay.storage.directory", "/data")
                .containsEntry("server.port", 9090);
        assertThatThrownBy(() -> ReplayConfigurationFile.read(path, Map.of())).hasMessageContaining("management_port");
    }

    @Test
    @DisplayName("each value says which key of which file it is")
    void origin() throws Exception {
        Path path = Files.writeString(directory.resolve("replay.json"), file.toString());

        assertThat(Origin.from(ReplayConfigurationFile.read(path, Map.of()).get("replay.storage.ttl")))
                .hasToString("storage.rocksdb.data_expiration_ttl of " + path);
    }

    @Test
    @DisplayName("RP4 no out_stream and a null one are the same")
    void outStream() throws Exception {
        assertThat(read()).containsEntry("replay.out-stream.url", "");
        file.putNull("out_stream");
        assertThat(read()).containsEntry("replay.out-stream.url", "");
        file.putObject("out_stream").put("url", "pub+bind:tcp://0.0.0.0:5556");
        assertThat(read())
                .containsEntry("replay.out-stream.url", "pub+bind:tcp://0.0.0.0:5556")
                .doesNotContainKey("replay.out-stream.options");
        file.withObject("/out_stream")
                .set("options", SinkOptions.DEFAULT.toJson().put("send_hwm", 7));
        assertThat(read())
                .containsEntry(
                        "replay.out-stream.options",
                        new SinkOptions(Duration.ofSeconds(1), 3, Duration.ofSeconds(1), 3, 7, 1000, 100));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"none\" | '' | ''",
                "{\"none\":null} | '' | ''",
                "{\"source_id\":\"cam-1\"} | cam-1 | ''",
                "{\"prefix\":\"cam-\"} | '' | cam-"
            })
    @DisplayName("RP8 the spellings of the topic filter")
    void topicFilter(String json, String sourceId, String prefix) throws Exception {
        options().set("topic_prefix_spec", Json.of(json));

        assertThat(read()).containsEntry("replay.in-stream.topics", new TopicFilter(sourceId, prefix));
    }

    @Test
    @DisplayName("RP9 the mode of an ipc file can be set where it is bound only")
    void ipcPermissions() throws Exception {
        options().put("fix_ipc_permissions", 448);
        assertThat(read()).containsEntry("replay.in-stream.ipc-permissions", "rwx------");
        options().put("fix_ipc_permissions", 0641);
        assertThat(read()).containsEntry("replay.in-stream.ipc-permissions", "rw-r----x");
        ((ObjectNode) file.at("/in_stream/options")).putNull("fix_ipc_permissions");
        assertThat(read()).doesNotContainKey("replay.in-stream.ipc-permissions");

        options().put("fix_ipc_permissions", 511);
        file.withObject("/in_stream").put("url", "sub+connect:ipc:///run/v.sock");
        assertThatThrownBy(this::read).hasMessageContaining("in_stream.options.fix_ipc_permissions must not be set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"receive_hwm", "source_cache_size"})
    @DisplayName("RP10 zero is refused where it makes no sense")
    void zero(String key) {
        options().put(key, 0);

        assertThatThrownBy(this::read).hasMessageContaining("in_stream.options." + key);
    }

    @Test
    @DisplayName("RP10 timeouts of zero, a cache for nothing and every missing key are named together")
    void everyProblem() {
        options().putArray("receive_timeout").add(0).add(999_999);
        file.withObject("/common").put("job_writer_cache_max_capacity", 0).remove("stats_period");
        file.putObject("storage").put("mongodb", true);

        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("in_stream.options.receive_timeout must be at least one millisecond")
                .hasMessageContaining("common.job_writer_cache_max_capacity")
                .hasMessageContaining("common.stats_period is required")
                .hasMessageContaining("storage must be one of rocksdb");
    }

    @Test
    @DisplayName("RP10 unknown keys are ignored")
    void unknownKeys() throws Exception {
        file.put("comment", 1).withObject("/common").put("else", true);
        ((ObjectNode) file.at("/storage/rocksdb")).put("compaction_period", 1).put("compaction_style", "fifo");

        assertThat(read()).containsEntry("replay.storage.compaction-style", Compaction.universal);
    }

    @Test
    @DisplayName("RP12 sockets of the wrong side are refused")
    void wrongSide() {
        file.withObject("/in_stream").put("url", "pub+bind:tcp://0.0.0.0:1");
        file.putObject("out_stream").put("url", "sub+bind:tcp://0.0.0.0:1");

        assertThatThrownBy(this::read)
                .hasMessageContaining("in_stream.url must be of type sub, router, rep")
                .hasMessageContaining("out_stream.url must be of type pub, dealer, req");
    }

    private ObjectNode options() {
        ObjectNode options = file.withObject("/in_stream").putObject("options");
        options.putArray("receive_timeout").add(1).add(0);
        return options.put("receive_hwm", 1)
                .put("topic_prefix_spec", "none")
                .put("source_cache_size", 1)
                .put("inflight_ops", 1);
    }

    private Map<String, Object> read() throws Exception {
        Path path = Files.writeString(directory.resolve("replay.json"), file.toString());
        return values(ReplayConfigurationFile.read(path, Map.of()));
    }

    private static Map<String, Object> values(Map<String, Object> keys) {
        Map<String, Object> values = new TreeMap<>();
        keys.forEach((key, value) -> values.put(key, ((OriginTrackedValue) value).getValue()));
        return values;
    }

    static String minimalText() {
        return Json.object(MINIMAL).toString();
    }
}
