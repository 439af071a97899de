package routes.component.framestore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.component.framestore.api.Compaction;
import routes.component.framestore.api.Durability;
import routes.component.framestore.api.EntryInfo;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.FrameStoreException;
import routes.component.framestore.api.FrameStoreFullException;
import routes.component.framestore.api.NewEntry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A disk that fills up: by the store's own bound everywhere, by its real end where the user may mount one. */
class FullDiskTest {

    private static final int DISK = 24 << 20;

    @TempDir
    Path directory;

    @Test
    @DisplayName("with less free space than minFreeSpace appends fail with the store's name; reading goes on")
    void refusesBeforeTheEnd() {
        try (Recording recording = new Recording(directory)) {
            recording.frame("cam");
        }
        try (Recording recording = new Recording(
                Recording.options(directory, Duration.ZERO, Durability.fsync, Compaction.universal, Long.MAX_VALUE))) {
            assertThatThrownBy(() -> append(recording, 1))
                    .isInstanceOf(FrameStoreFullException.class)
                    .hasMessageContaining("frame store test")
                    .hasMessageContaining("MiB are free");
            assertThat(recording.store().condition().trouble()).isPresent();
            assertThat(recording.indices("cam")).containsExactly(0L);
        }
    }

    @Test
    @DisplayName("on a disk that is really full appends fail, reading goes on, and with room again so do appends")
    void recoversFromTheEnd() throws Exception {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + DISK, "tmpfs", directory.toString()),
                "Skipped: this user may not mount a file system");
        try (Recording recording = new Recording(directory.resolve("store"))) {
            Path ballast = Files.write(directory.resolve("ballast"), new byte[DISK / 2]);
            long stored = 0;
            FrameStoreException failure = null;
            while (failure == null) {
                try {
                    append(recording, 1 << 20);
                    stored++;
                } catch (FrameStoreException e) {
                    failure = e;
                }
            }
            assertThat(failure).isInstanceOf(FrameStoreFullException.class).hasMessageContaining("No space left");
            assertThat(recording.indices("cam")).hasSize((int) stored);

            Files.delete(ballast);
            append(recording, 1 << 20);
            assertThat(recording.indices("cam")).hasSizeGreaterThan((int) stored);
            assertThat(recording.store().condition().trouble()).isEmpty();
        } finally {
            run("umount", directory.toString());
        }
    }

    private static void append(Recording recording, int size) {
        NewEntry entry = new NewEntry(EntryInfo.of("cam", EntryKind.FRAME), new byte[0], List.of(new byte[size]));
        try {
            recording.store().append(List.of(entry)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof FrameStoreException cause ? cause : e;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
