package routes.platform.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import routes.platform.Peers;

/** A headless browser, run once a page: it loads the page, waits until its scripts are idle, and writes what there is. */
final class Chromium {

    private final Path program;
    private final Path scratch;

    private Chromium(Path program, Path scratch) {
        this.program = program;
        this.scratch = scratch;
    }

    /** @param scratch folder for profiles and output */
    static Chromium require(Path scratch) {
        return new Chromium(
                Peers.require("chromium", "chromium-browser", "google-chrome").path(), scratch);
    }

    /** The document as the scripts of the page have made it. */
    String dom(String url) throws IOException, InterruptedException {
        return run("--dump-dom", url);
    }

    void screenshot(String url, Path file) throws IOException, InterruptedException {
        run("--screenshot=" + file.toAbsolutePath(), url);
    }

    private String run(String what, String url) throws IOException, InterruptedException {
        Path profile = Files.createTempDirectory(scratch, "profile");
        Path output = Files.createTempFile(scratch, "output", ".html");
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,800",
                "--virtual-time-budget=20000",
                "--user-data-dir=" + profile));
        command.add(what);
        command.add(url);
        Process browser = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!browser.waitFor(90, TimeUnit.SECONDS)) {
            browser.destroyForcibly();
            throw new IOException("chromium did not finish " + url);
        }
        return Files.readString(output);
    }
}
