package routes.component.framestore;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import routes.component.framestore.api.Compaction;
import routes.component.framestore.api.Durability;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.FrameStoreOptions;
import routes.component.framestore.api.KeyframeQuery;
import routes.component.framestore.api.NewEntry;

import static org.assertj.core.api.Assertions.assertThat;

/** The ways to keep a store on the disk: whatever is chosen, it keeps what it was given. */
class StorageChoicesTest {

    private static final int ENTRIES = 3_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    @DisplayName("RP50 an orderly stop loses nothing, however durable the store was told to be")
    void reopens(Durability durability) {
        try (Recording recording =
                new Recording(Recording.options(directory, Duration.ZERO, durability, Compaction.universal, 0))) {
            recording.keyframe("cam");
            recording.frame("cam");
            recording.restart();

            assertThat(recording.indices("cam")).containsExactly(0L, 1L);
            assertThat(recording.frame("cam")).isEqualTo(2);
            recording.restart();
            assertThat(recording.indices("cam")).containsExactly(0L, 1L, 2L);
            assertThat(recording.find(everything())).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("RP50 a store can be opened with another durability than the one it was made with")
    void changesDurability(Durability durability) {
        try (Recording first = new Recording(options(Compaction.universal))) {
            first.frame("cam");
        }
        try (Recording second =
                new Recording(Recording.options(directory, Duration.ZERO, durability, Compaction.universal, 0))) {
            assertThat(second.frame("cam")).isEqualTo(1);
        }
        try (Recording third = new Recording(options(Compaction.universal))) {
            assertThat(third.indices("cam")).containsExactly(0L, 1L);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("either compaction keeps what is served, removes what expired, and can follow the other")
    void compacts(Compaction compaction) {
        FrameStoreOptions options =
                Recording.options(directory, Duration.ofMinutes(1), Durability.fsync, compaction, 0);
        try (Recording recording = new Recording(options)) {
            fill(recording);
            recording.clock().advance(Duration.ofSeconds(50));
            fill(recording);
            recording.clock().advance(Duration.ofSeconds(20));

            assertThat(recording.store().sweep()).isPositive();
            assertThat(recording.indices("cam"))
                    .isEqualTo(LongStream.range(ENTRIES, 2L * ENTRIES).boxed().toList());
        }
        Compaction other = compaction == Compaction.level ? Compaction.universal : Compaction.level;
        try (Recording recording = new Recording(options(other))) {
            assertThat(recording.indices("cam")).hasSize(ENTRIES);
        }
    }

    @Test
    @DisplayName("the default is universal, forced to the disk")
    void defaults() {
        FrameStoreOptions options = new FrameStoreConfiguration().storeOptions();

        assertThat(options.compaction()).isEqualTo(Compaction.universal);
        assertThat(options.durability()).isEqualTo(Durability.fsync);
    }

    /** In blocks of a hundred. */
    private static void fill(Recording recording) {
        for (int block = 0; block < ENTRIES / 100; block++) {
            recording.clock().advance(Duration.ofMillis(1));
            List<NewEntry> entries = new ArrayList<>();
            entries.add(Recording.keyframe("cam", recording.clock().instant()));
            for (int i = 1; i < 100; i++) {
                entries.add(Recording.entry("cam", EntryKind.FRAME, "x".repeat(5_000)));
            }
            recording.append(entries);
        }
    }

    private FrameStoreOptions options(Compaction compaction) {
        return Recording.options(directory, Duration.ZERO, Durability.fsync, compaction, 0);
    }

    private static KeyframeQuery everything() {
        return new KeyframeQuery("cam", null, null, 10);
    }
}
