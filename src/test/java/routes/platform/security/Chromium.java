package routes.platform.security;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless browser, run once a page: it loads the page, waits until its scripts are idle, and writes what there is. */
final class Chromium {

    private final Path program;
    private final Path scratch;

    private Chromium(Path program, Path scratch) {
        this.program = program;
        this.scratch = scratch;
    }

    /** @param scratch folder for profiles and output */
    static Optional<Chromium> onThisMachine(Path scratch) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(found -> new Chromium(found, scratch));
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
                "--window-size=1400,900",
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
