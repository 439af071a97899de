package routes.platform.config;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import routes.platform.ConfigurationException;
import routes.platform.cli.CaravanCommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The application's own keys are checked before any context is refreshed, so an empty application does for it. */
class ConfigurationCheckTest {

    @TempDir
    private Path home;

    @Test
    @DisplayName(
            "CP12 all wrong values are named together, before anything is started, with the place of the list of keys")
    void wrongValues() {
        ConfigurationException failure = failure(
                "--imaging.upload.jobs=many",
                "--replay.storage.ttl=soon",
                "--imaging.upload.stall-limit=-PT1S",
                "--imaging.upload.max-concurrency=0",
                "--caravan.errors.retry.jitter=7",
                "--imaging.report.zone=Mars/Phobos",
                "--caravan.http.max-request-body=large",
                "--caravan.local.redis.port=70000",
                "--caravan.lease.duration=${NO_SUCH_VARIABLE}",
                "--server.port=http");
        assertThat(failure)
                .hasMessageContainingAll(
                        "imaging.upload.jobs = \"many\"",
                        "replay.storage.ttl = \"soon\"",
                        "imaging.upload.stall-limit = \"-PT1S\"",
                        "imaging.upload.max-concurrency = \"0\"",
                        "caravan.errors.retry.jitter = \"7.0\"",
                        "imaging.report.zone = \"Mars/Phobos\"",
                        "caravan.http.max-request-body = \"large\"",
                        "caravan.local.redis.port = \"70000\"",
                        "caravan.lease.duration = \"${NO_SUCH_VARIABLE}\"",
                        "server.port = \"http\"");
        assertThat(failure.getMessage().lines()).hasSize(10);
        assertThat(failure.action()).contains("config --defaults");
        assertThat(home.resolve("data/redis")).doesNotExist();
    }

    @Test
    @DisplayName("CP12 ports that are taken or given twice are named together")
    void ports() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(failure(
                            "--server.port=" + taken.getLocalPort(),
                            "--caravan.local.redis.port=1",
                            "--caravan.local.s3.port=1",
                            "--caravan.local.jms.port=" + taken.getLocalPort()))
                    .hasMessageContainingAll(
                            "caravan.local.jms.port = %d: the port is taken".formatted(taken.getLocalPort()),
                            "caravan.local.s3.port = 1: caravan.local.redis.port has the same port",
                            "server.port = %d: caravan.local.jms.port has the same port"
                                    .formatted(taken.getLocalPort()));
        }
    }

    @Test
    @DisplayName("CP12 files where folders should be, and wrong addresses, are named together")
    void foldersAndAddresses() throws IOException {
        Path file = Files.writeString(home.resolve("file"), "");
        assertThat(failure(
                        "--caravan.data-dir=" + file.resolve("data"),
                        "--caravan.routes-directory=" + file,
                        "--imaging.source-dir=" + file,
                        "--replay.in-stream.url=tcp:/nowhere",
                        "--replay.out-stream.url=pub+bind:udp://x"))
                .hasMessageContainingAll(
                        "caravan.data-dir = \"" + file.resolve("data") + "\"",
                        "caravan.routes-directory = \"" + file + "\"",
                        "imaging.source-dir = \"" + file + "\"",
                        "replay.in-stream.url ",
                        "replay.out-stream.url ");
    }

    @Test
    @DisplayName("CP12 the jar prints the commented list of keys")
    void listOfKeys() {
        StringWriter out = new StringWriter();
        int code = new CaravanCommandLine(arguments -> {}, new PrintWriter(out), new PrintWriter(System.err, true))
                .run("config", "--defaults");
        assertThat(code).isZero();
        assertThat(out.toString()).contains("  # Number of uploads at the same time.", "    jobs: ${UPLOAD_JOBS:2}");
    }

    private ConfigurationException failure(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        for (String port :
                List.of("server.port", "caravan.local.redis.port", "caravan.local.s3.port", "caravan.local.jms.port")) {
            if (all.stream().noneMatch(argument -> argument.startsWith("--" + port))) {
                all.add("--" + port + "=0");
            }
        }
        if (all.stream().noneMatch(argument -> argument.startsWith("--caravan.data-dir"))) {
            all.add("--caravan.data-dir=" + home.resolve("data"));
        }
        return catchThrowableOfType(ConfigurationException.class, () -> new SpringApplication(Empty.class)
                .run(all.toArray(String[]::new))
                .close());
    }

    /** Without @Configuration, so that no component scan of another test finds it. */
    static class Empty {}
}
