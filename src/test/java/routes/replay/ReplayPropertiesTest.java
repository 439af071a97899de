package routes.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.unit.DataSize;
import routes.component.framestore.api.Compaction;
import routes.component.framestore.api.Durability;
import routes.replay.protocol.ProtocolVersions;
import routes.replay.settings.ReplayConfiguration;
import routes.replay.settings.ReplayConfigurationFile;
import routes.replay.socket.CurveKeys;
import routes.replay.socket.InStream;
import routes.replay.socket.SinkOptions;
import routes.replay.socket.TopicFilter;

import static org.assertj.core.api.Assertions.assertThat;

/** The keys of {@code application.yaml} and the original's file, as the stages see them. */
class ReplayPropertiesTest {

    @TempDir
    private Path folder;

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withInitializer(context -> new ReplayConfigurationFile()
                    .postProcessEnvironment(context.getEnvironment(), new SpringApplication()))
            .withUserConfiguration(Slice.class)
            .withPropertyValues("caravan.data-dir=/data");

    @Test
    @DisplayName("RP4 RP5 RP6 RP7 without any key the settings are the original's defaults, except for the TTL")
    void defaults() {
        application.run(context -> {
            ReplayProperties replay = context.getBean(ReplayProperties.class);
            assertThat(replay.outStream().url()).isEmpty();
            assertThat(replay.outStream().options()).isEqualTo(SinkOptions.DEFAULT);
            InStream in = replay.inStream();
            assertThat(in.url()).isEqualTo("router+bind:tcp://127.0.0.1:5555");
            assertThat(in.receiveHwm()).isEqualTo(50);
            assertThat(in.topics()).isEqualTo(TopicFilter.ALL);
            assertThat(in.sourceCacheSize()).isEqualTo(512);
            assertThat(in.inflightOps()).isEqualTo(100);
            assertThat(in.ipcPermissions()).isEqualTo("rwxrwxrwx");
            assertThat(replay.jobs().sinkOptions()).isEqualTo(SinkOptions.DEFAULT);
            assertThat(replay.storage())
                    .isEqualTo(new ReplayProperties.Storage(
                            "/data/frame-store",
                            Duration.ofHours(1),
                            Durability.fsync,
                            DataSize.ofMegabytes(256),
                            DataSize.ofGigabytes(1),
                            Compaction.universal,
                            DataSize.ofBytes(0),
                            1000));
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
                    ReplayProperties replay = context.getBean(ReplayProperties.class);
                    assertThat(replay.faults()).isEmpty();
                    assertThat(replay.inStream().url()).startsWith("sub+");
                    assertThat(replay.inStream().topics()).isEqualTo(TopicFilter.prefix("cam-"));
                    assertThat(replay.inStream().ipcPermissions()).isEqualTo("rw-r-----");
                    assertThat(replay.outStream().options().sendRetries()).isEqualTo(7);
                    assertThat(replay.outStream().passMetadataOnly()).isTrue();
                    CurveKeys curve = replay.inStream().curve();
                    assertThat(curve.isSet() && curve.server()).isTrue();
                    assertThat(curve).hasToString("CurveKeys[server=true]");
                });
    }

    @Test
    @DisplayName("RP12 a wrong address stops the start and is named with its key")
    void wrongAddress() {
        application
                .withPropertyValues(
                        "replay.out-stream.url=router+bind:tcp://0.0.0.0:5556",
                        "replay.in-stream.url=udp://0.0.0.0:5556",
                        "replay.jobs.sink-curve.vault.server-key=s")
                .run(context -> assertThat(
                                context.getBean(ReplayProperties.class).faults())
                        .satisfiesExactly(
                                in -> assertThat(in).contains("replay.in-stream.url must name", "docs/replay.md"),
                                out -> assertThat(out).contains("replay.out-stream.url", "router"),
                                secret -> assertThat(secret).contains("replay.jobs.sink-curve.vault.secret-key"),
                                key -> assertThat(key).contains("replay.jobs.sink-curve.vault.public-key")));
    }

    @Test
    @DisplayName("RP10 zero timeouts and marks are refused by our own keys, too")
    void limits() {
        for (String key : new String[] {
            "in-stream.receive-hwm=0",
            "in-stream.ipc-permissions=777",
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
                 "in_stream": {"url": "rep+bind:tcp://0.0.0.0:5555", "options": {"receive_timeout": [1, 0],
                   "receive_hwm": 51, "topic_prefix_spec": {"prefix": "cam-"}, "source_cache_size": 5,
                   "inflight_ops": 0}},
                 "out_stream": {"url": "pub+bind:tcp://0.0.0.0:5556", "options": {
                   "send_timeout": {"secs": 2, "nanos": 0}, "send_retries": 1,
                   "receive_timeout": {"secs": 3, "nanos": 0}, "receive_retries": 2,
                   "send_hwm": 11, "receive_hwm": 12, "inflight_ops": 0}},
                 "storage": {"rocksdb": {"path": "/frames", "data_expiration_ttl": {"secs": 60, "nanos": 0},
                   "disable_wal": true, "max_total_wal_size": 1024, "compaction_style": "level"}}}
                """);
        application
                .withPropertyValues("replay.configuration-file=" + file, "replay.in-stream.url=nonsense")
                .run(context -> {
                    ReplayProperties replay = context.getBean(ReplayProperties.class);
                    assertThat(context.getEnvironment().getProperty("server.port"))
                            .isEqualTo("8123");
                    assertThat(replay.statsPeriod()).isEqualTo(Duration.ofSeconds(9));
                    assertThat(replay.inStream().url()).startsWith("rep+");
                    assertThat(replay.inStream().receiveHwm()).isEqualTo(51);
                    assertThat(replay.inStream().topics()).isEqualTo(TopicFilter.prefix("cam-"));
                    assertThat(replay.outStream().options())
                            .isEqualTo(new SinkOptions(Duration.ofSeconds(2), 1, Duration.ofSeconds(3), 2, 11, 12, 0));
                    assertThat(replay.storage())
                            .isEqualTo(new ReplayProperties.Storage(
                                    "/frames",
                                    Duration.ofMinutes(1),
                                    Durability.memory,
                                    DataSize.ofMegabytes(256),
                                    DataSize.ofKilobytes(1),
                                    Compaction.level,
                                    DataSize.ofBytes(0),
                                    1000));
                });
        application
                .withPropertyValues("replay.configuration-file=/nowhere.json", "replay.enabled=false")
                .run(context -> assertThat(context).hasNotFailed());
        application
                .withPropertyValues("replay.configuration-file=/nowhere.json")
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("/nowhere.json"));
    }

    @Configuration
    @EnableConfigurationProperties(ReplayProperties.class)
    @Import(ReplayConfiguration.class)
    static class Slice {}
}
