package routes.platform.rest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import routes.platform.Peers;

import static org.assertj.core.api.Assertions.assertThat;

/** The documentation page in a real browser that can reach nothing but this server. */
@RestTest
@Tag("peer")
class DocsIT {

    @LocalServerPort
    private int port;

    /** Chromium may still write its profile while we leave; what it leaves behind is the temporary directory's. */
    @TempDir(cleanup = CleanupMode.NEVER)
    private Path profile;

    @Test
    @DisplayName("A02 the page shows the operations of a contract, without internet")
    void showsOperations() throws Exception {
        String page = browse("/docs", "--dump-dom", "--virtual-time-budget=20000");

        assertThat(page)
                .contains("operations-view-imaging-list-exports")
                .contains("operations-operate-imaging-purge")
                .contains("List uploads with their download links")
                .contains("value=\"openapi/platform.json\"")
                .contains("value=\"openapi.json\"");
    }

    @Test
    @DisplayName("A02 the page shows everything at once, and can be looked at")
    void showsEverything() throws Exception {
        Path picture = Path.of("target", "docs.png").toAbsolutePath();
        Files.deleteIfExists(picture);

        browse(
                "/docs?urls.primaryName=everything",
                "--screenshot=" + picture,
                "--window-size=1280,2000",
                "--virtual-time-budget=20000");

        assertThat(picture).isNotEmptyFile();
    }

    private String browse(String path, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Peers.require("chromium", "chromium-browser", "google-chrome")
                        .path()
                        .toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--user-data-dir=" + profile));
        command.addAll(List.of(flags));
        command.add("http://127.0.0.1:" + port + path);
        Path output = Files.createTempFile(profile, "page", ".html");
        Process browser = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(browser.waitFor(60, TimeUnit.SECONDS))
                    .as("Chromium ends within a minute")
                    .isTrue();
        } finally {
            browser.destroyForcibly();
        }
        return Files.readString(output);
    }
}
