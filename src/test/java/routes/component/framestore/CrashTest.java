package routes.component.framestore;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.FrameReader;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.FrameStoreOptions;
import routes.component.framestore.api.NewEntry;
import routes.component.framestore.api.SourceSummary;
import routes.component.framestore.api.StoredEntry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Kills a process that appends, again and again. */
class CrashTest {

    private static final int KILLS = 5;
    private static final int ENTRIES_EACH = 60;

    @TempDir
    Path directory;

    @Test
    @DisplayName("kill -9 loses no answered entry, and the store always opens")
    void losesNothing() throws Exception {
        long acknowledged = -1;
        for (int kill = 1; kill <= KILLS; kill++) {
            acknowledged = appendUntilKilled(acknowledged + ENTRIES_EACH * kill);
            assertThat(stored()).as("after kill %s", kill).hasSizeGreaterThan((int) acknowledged);
        }
    }

    /** Returns the last index the process said it had stored. */
    private long appendUntilKilled(long enough) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Appender.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long last = -1;
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String line = output.readLine();
            while (line != null) {
                // The last line may have been cut off by the kill
                last = line.endsWith(".") ? Long.parseLong(line.substring(0, line.length() - 1)) : last;
                if (last >= enough) {
                    // Unlike that of the process, this leaves what it printed readable
                    process.toHandle().destroyForcibly();
                }
                line = output.readLine();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return last;
    }

    /** What there is, without a hole, and each entry with the content that belongs to its index. */
    private List<Long> stored() {
        List<Long> indices = new ArrayList<>();
        FrameStoreOptions options = Recording.options(directory);
        try (FrameStore store = Recording.open(options, Clock.systemUTC());
                FrameReader reader = store.read("cam", 0, 1 << 20)) {
            Optional<StoredEntry> entry = reader.poll();
            while (entry.isPresent()) {
                assertThat(entry.get().index()).isEqualTo(indices.size());
                assertThat(entry.get().parts().get(0)).hasSize(20_000);
                indices.add(entry.get().index());
                entry = reader.poll();
            }
            assertThat(store.source("cam").map(SourceSummary::nextIndex)).hasValue((long) indices.size());
            assertThat(store.condition().damaged()).isZero();
        }
        return indices;
    }

    /** The process to kill: appends, and prints each index once it is answered for. */
    static final class Appender {

        private Appender() {}

        public static void main(String[] arguments) throws InterruptedException {
            FrameStoreOptions options = Recording.options(Path.of(arguments[0]));
            FrameStore store = Recording.open(options, Clock.systemUTC());
            while (true) {
                NewEntry entry = Recording.entry("cam", EntryKind.FRAME, "x".repeat(20_000));
                System.out.println(store.append(List.of(entry)).join().get(0) + ".");
            }
        }
    }
}
