package routes.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import routes.replay.protocol.ProtocolVersions;
import routes.replay.settings.ReplayConfiguration;
import routes.replay.settings.ReplaySettings;
import routes.replay.socket.CurveKeys;
import routes.replay.socket.ReaderType;
import routes.replay.socket.SinkOptions;
import routes.replay.socket.TopicFilter;

import static org.assertj.core.api.Assertions.assertThat;

/** The keys of {@code application.yaml} and the original's file, as the stages see them. */
class ReplayPropertiesTest {

    @TempDir
    private Path folder;

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withUserConfiguration(Slice.class)
            .withPropertyValues("caravan.data-dir=/data");

    @Test
    @DisplayName("RP4 RP5 RP6 RP7 without any key the settings are the original's defaults, except for the TTL")
    void defaults() {
        application.run(context -> {
            ReplaySettings settings = context.getBean(ReplaySettings.class);
            assertThat(settings.outStream()).isEmpty();
            assertThat(settings.inStream().url()).hasToString("router+bind:tcp://127.0.0.1:5555");
            assertThat(settings.inStream().options()).isEqualTo(ReplaySettings.ReaderOptions.DEFAULT);
            assertThat(settings.common().defaultJobSinkOptions()).isEqualTo(SinkOptions.DEFAULT);
            assertThat(settings.storage())
                    .isEqualTo(new ReplaySettings.Storage(
                            "/data/frame-store",
                            Duration.ofHours(1),
                            false,
                            ReplaySettings.Storage.DEFAULT_MAX_TOTAL_WAL_SIZE,
                            ReplaySettings.CompactionStyle.UNIVERSAL,
                            0,
                            ReplaySettings.Storage.DEFAULT_KEEP_LOG_FILE_NUM));
            assertThat(context.getBean(ProtocolVersions.class).accepts("2.1.3")).isTrue();
            assertThat(context.getBean(ProtocolVersions.class).accepts("3.0.0")).isFalse();
        });
    }

    @Test
    @DisplayName("RP8 topics, sink, permissions and curve keys by our own keys")
    void ownKeys() {
        application
                .withPropertyValues(
                        "replay.in-stream.url=sub+connect:ipc:///run/v.sock",
                        "replay.in-stream.topics.prefix=cam-",
                        "replay.in-stream.ipc-permissions=rw-r-----",
                        "replay.in-stream.curve.secret-key=s",
                        "replay.out-stream.url=pub+bind:tcp://0.0.0.0:5556",
                        "replay.out-stream.options.send-retries=7",
                        "replay.out-stream.pass-metadata-only=true")
                .run(context -> {
                    ReplaySettings settings = context.getBean(ReplaySettings.class);
                    assertThat(settings.inStream().url().type()).isEqualTo(ReaderType.SUB);
                    assertThat(settings.inStream().options().topics())
                            .isEqualTo(new TopicFilter(TopicFilter.Kind.PREFIX, "cam-"));
                    assertThat(settings.inStream().options().ipcPermissions()).isEqualTo(0640);
                    assertThat(settings.outStream())
                            .hasValueSatisfying(out ->
                                    assertThat(out.options().sendRetries()).isEqualTo(7));
                    assertThat(settings.common().passMetadataOnly()).isTrue();
                    CurveKeys curve =
                            context.getBean(ReplayProperties.class).inStream().curve();
                    assertThat(curve.isSet() && curve.server()).isTrue();
                    assertThat(curve).hasToString("CurveKeys[server=true]");
                });
    }

    @Test
    @DisplayName("RP12 a wrong address stops the start and is named with its key")
    void wrongAddress() {
        application
                .withPropertyValues("replay.out-stream.url=router+bind:tcp://0.0.0.0:5556")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("router"));
        application
                .withPropertyValues("replay.in-stream.url=udp://0.0.0.0:5556")
                .run(context ->
                        assertThat(context).getFailure().hasStackTraceContaining("replay.in-stream.url must name"));
    }

    @Test
    @DisplayName("RP10 zero timeouts and marks are refused by our own keys, too")
    void limits() {
        for (String key : new String[] {
            "in-stream.receive-hwm=0",
            "out-stream.generation=3",
            "protocol.generation2=1.15.1",
            "out-stream.options.send-timeout=0s",
            "jobs.sink-options.send-hwm=0"
        }) {
            application
                    .withPropertyValues("replay." + key)
                    .run(context -> assertThat(context).as(key).hasFailed());
        }
    }

    @Test
    @DisplayName("RP1 the original's file decides what it has keys for; one that is not there stops the start")
    void originalsFile() throws IOException {
        Path file = folder.resolve("replay.json");
        Files.writeString(
                file,
                """
                {"common": {"management_port": 8123, "stats_period": {"secs": 9, "nanos": 0},
                  "pass_metadata_only": true, "job_writer_cache_max_capacity": 100,
                  "job_writer_cache_ttl": {"secs": 60, "nanos": 0}, "job_eviction_ttl": {"secs": 300, "nanos": 0}},
                 "in_stream": {"url": "rep+bind:tcp://0.0.0.0:5555"},
                 "storage": {"rocksdb": {"path": "/frames", "data_expiration_ttl": {"secs": 60, "nanos": 0}}}}
                """);
        application
                .withPropertyValues("replay.configuration-file=" + file, "replay.in-stream.url=nonsense")
                .run(context -> {
                    ReplaySettings settings = context.getBean(ReplaySettings.class);
                    assertThat(settings.common().managementPort()).isEqualTo(8123);
                    assertThat(settings.inStream().url().type()).isEqualTo(ReaderType.REP);
                    assertThat(settings.storage().path()).isEqualTo("/frames");
                });
        application
                .withPropertyValues("replay.configuration-file=/nowhere.json")
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("/nowhere.json"));
    }

    @Configuration
    @EnableConfigurationProperties(ReplayProperties.class)
    @Import(ReplayConfiguration.class)
    static class Slice {

        @Bean
        ObjectMapper json() {
            return new ObjectMapper();
        }
    }
}
