package routes.platform.config.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.platform.config.site.QuietFiles.Change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class QuietFilesTest {

    private static final Duration QUIET = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);

    @Test
    @DisplayName("CP13 a file is not read while it is being written, however long that takes; others are")
    void endlessStreamOfChanges() throws IOException {
        QuietFiles files = new QuietFiles(folder, clock);
        Path quiet = write("quiet.yaml", "- done");
        assertThat(files.changes(QUIET)).isEmpty();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            write("busy.yaml", text.append("- more\n").toString());
            pass(Duration.ofSeconds(1));
            assertThat(files.changes(QUIET))
                    .isEqualTo(i == 1 ? java.util.List.of(new Change(quiet, true)) : java.util.List.of());
        }
        pass(QUIET);
        assertThat(files.changes(QUIET)).containsExactly(new Change(folder.resolve("busy.yaml"), true));
        assertThat(files.changes(QUIET)).isEmpty();
    }

    @Test
    @DisplayName("CP13 an editor that replaces a file does not remove it; a removed file is told once")
    void replacedAndRemoved() throws IOException {
        QuietFiles files = new QuietFiles(folder, clock);
        Path file = write("site.yaml", "- old");
        assertThat(files.changes(Duration.ZERO)).containsExactly(new Change(file, true));
        Files.delete(file);
        assertThat(files.changes(QUIET)).isEmpty();
        pass(Duration.ofSeconds(1));
        write("site.yaml", "- longer");
        assertThat(files.changes(QUIET)).isEmpty();
        pass(QUIET);
        assertThat(files.changes(QUIET)).containsExactly(new Change(file, true));
        Files.delete(file);
        assertThat(files.changes(QUIET)).isEmpty();
        pass(QUIET);
        assertThat(files.changes(QUIET)).containsExactly(new Change(file, false));
        assertThat(files.changes(QUIET)).isEmpty();
    }

    @Test
    @DisplayName(
            "CP13 hidden files, folders and other names are not looked at; a folder that is gone is an error, not empty")
    void otherFiles() throws IOException {
        QuietFiles files = new QuietFiles(folder, clock);
        write(".hidden.yaml", "- x");
        write("note.txt", "x");
        Files.createDirectory(folder.resolve("folder.yaml"));
        assertThat(files.changes(Duration.ZERO)).isEmpty();
        QuietFiles gone = new QuietFiles(folder.resolve("gone"), clock);
        assertThatThrownBy(() -> gone.changes(QUIET)).isInstanceOf(IOException.class);
    }

    private void pass(Duration time) {
        now.updateAndGet(moment -> moment.plus(time));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
