package routes.replay.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.platform.ConfigurationException;
import routes.replay.Json;
import routes.replay.settings.ReplaySettings.CompactionStyle;
import routes.replay.settings.ReplaySettings.ReaderOptions;
import routes.replay.socket.SinkOptions;
import routes.replay.socket.SocketUrl;
import routes.replay.socket.TopicFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    @DisplayName("RP5 RP6 RP7 the minimal example, with everything it leaves to default")
    void minimal() throws Exception {
        ReplaySettings settings = read();

        assertThat(settings.common())
                .isEqualTo(new ReplaySettings.Common(
                        8080,
                        Duration.ofSeconds(60),
                        false,
                        100,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(300),
                        new SinkOptions(Duration.ofSeconds(1), 3, Duration.ofSeconds(1), 3, 1000, 1000, 100)));
        assertThat(settings.inStream().options())
                .isEqualTo(new ReaderOptions(Duration.ofSeconds(1), 50, TopicFilter.ALL, 512, 100, 511));
        assertThat(settings.storage())
                .isEqualTo(new ReplaySettings.Storage(
                        "/var/lib/replay",
                        Duration.ofHours(1),
                        false,
                        1_073_741_824,
                        CompactionStyle.UNIVERSAL,
                        0,
                        1000));
    }

    @Test
    @DisplayName("RP1 a file that is not there or is not JSON is named")
    void unreadable() throws Exception {
        assertThatThrownBy(() -> reader(Map.of()).read(directory.resolve("gone.json")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("gone.json");
        Path broken = Files.writeString(directory.resolve("broken.json"), "{\n \"common\": oops}");
        assertThatThrownBy(() -> reader(Map.of()).read(broken))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("broken.json")
                .hasMessageContaining("line 2");
        Path empty = Files.writeString(directory.resolve("empty.json"), "");
        assertThatThrownBy(() -> reader(Map.of()).read(empty)).isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @CsvSource({"1024, false", "1025, true", "65535, true", "65536, false", "0, false"})
    @DisplayName("RP2 the management port must be above 1024")
    void port(int port, boolean accepted) throws Exception {
        file.withObject("/common").put("management_port", port);

        if (accepted) {
            assertThat(read().common().managementPort()).isEqualTo(port);
        } else {
            assertThatThrownBy(this::read)
                    .hasMessageContaining("common.management_port must be a whole number from 1025");
        }
    }

    @Test
    @DisplayName("RP3 environment variables are expanded in the text, with their default where unset")
    void environment() {
        EnvironmentVariables variables = new EnvironmentVariables(Map.of("A", "set $1\\", "E", ""));

        assertThat(variables.expand("${A:-x} ${B:-y} ${E:-z}| ${C:-} ${D:-a:-b} $A ${} {A}"))
                .isEqualTo("set $1\\ y |  a:-b $A ${} {A}");
        assertThatThrownBy(() -> variables.expand("${NONE}"))
                .hasMessage("the environment variable NONE is not set and has no default");
    }

    @Test
    @DisplayName("RP3 in any value, also a number")
    void environmentInTheFile() throws Exception {
        Path path = Files.writeString(
                directory.resolve("replay.json"), MINIMAL.replace('\'', '"').replace("8080", "${PORT:-1}"));

        ReplaySettings settings =
                reader(Map.of("DB_PATH", "/data", "PORT", "9090")).read(path);

        assertThat(settings.storage().path()).isEqualTo("/data");
        assertThat(settings.common().managementPort()).isEqualTo(9090);
        assertThatThrownBy(() -> reader(Map.of()).read(path)).hasMessageContaining("management_port");
    }

    @Test
    @DisplayName("RP4 no out_stream and a null one are the same")
    void outStream() throws Exception {
        assertThat(read().outStream()).isEmpty();
        file.putNull("out_stream");
        assertThat(read().outStream()).isEmpty();
        file.putObject("out_stream").put("url", "pub+bind:tcp://0.0.0.0:5556");
        assertThat(read().outStream())
                .contains(new ReplaySettings.OutStream(
                        SocketUrl.writer("pub+bind:tcp://0.0.0.0:5556"), SinkOptions.DEFAULT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"none\" | NONE | ''",
                "{\"none\":null} | NONE | ''",
                "{\"source_id\":\"cam-1\"} | SOURCE_ID | cam-1",
                "{\"prefix\":\"cam-\"} | PREFIX | cam-"
            })
    @DisplayName("RP8 the spellings of the topic filter")
    void topicFilter(String json, TopicFilter.Kind kind, String text) throws Exception {
        options().set("topic_prefix_spec", Json.of(json));

        assertThat(read().inStream().options().topics()).isEqualTo(new TopicFilter(kind, text));
    }

    @Test
    @DisplayName("RP9 the mode of an ipc file can be set where it is bound only")
    void ipcPermissions() throws Exception {
        options().put("fix_ipc_permissions", 448);
        assertThat(read().inStream().options().ipcPermissions()).isEqualTo(0700);
        ((ObjectNode) file.at("/in_stream/options")).putNull("fix_ipc_permissions");
        assertThat(read().inStream().options().ipcPermissions()).isEqualTo(0777);

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

        assertThat(read().storage().compactionStyle()).isEqualTo(CompactionStyle.FIFO);
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

    private ReplaySettings read() throws Exception {
        return reader(Map.of()).read(Files.writeString(directory.resolve("replay.json"), file.toString()));
    }

    private static ReplayConfigurationFile reader(Map<String, String> environment) {
        return new ReplayConfigurationFile(new ObjectMapper(), new EnvironmentVariables(environment));
    }
}
