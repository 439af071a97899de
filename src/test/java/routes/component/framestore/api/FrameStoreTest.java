package routes.component.framestore.api;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.component.framestore.Recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Appending and reading back. */
class FrameStoreTest {

    @TempDir
    Path directory;

    private Recording recording;

    @BeforeEach
    void open() {
        recording = new Recording(directory);
    }

    @AfterEach
    void close() {
        recording.close();
    }

    @Test
    @DisplayName("RP14 RP16 what was stored comes back byte for byte, with all its parts in order")
    void keepsBytes() {
        UUID uuid = UUID.randomUUID();
        BigInteger created = BigInteger.ONE.shiftLeft(100).add(BigInteger.TEN);
        VideoInfo video = new VideoInfo("hevc", 1920, 1080, 1, 90_000, Long.MIN_VALUE, 0L);
        EntryInfo info = new EntryInfo("cam", EntryKind.KEYFRAME, uuid, created, video);
        byte[] topic = {(byte) 0xff, 0, (byte) 0xc3};
        byte[] large = new byte[3_000_000];
        large[2_999_999] = 7;

        long index = recording.append(new NewEntry(info, topic, List.of(new byte[0], large, new byte[] {1})));

        StoredEntry entry = recording.store().entry("cam", index).orElseThrow();
        assertThat(entry.info()).isEqualTo(info);
        assertThat(entry.topic()).isEqualTo(topic);
        assertThat(entry.parts()).containsExactly(new byte[0], large, new byte[] {1});
        assertThat(entry.arrival()).isEqualTo(recording.clock().instant());
    }

    @Test
    @DisplayName("CP5 only the user of this process reads what is recorded")
    void isPrivate() throws Exception {
        Path stores = directory.resolve("stores");
        try (Recording other = new Recording(stores.resolve("one"))) {
            other.frame("cam");
            assertThat(List.of(stores, stores.resolve("one")))
                    .allSatisfy(folder -> assertThat(Files.getPosixFilePermissions(folder))
                            .isEqualTo(PosixFilePermissions.fromString("rwx------")));
        }
    }

    @Test
    @DisplayName("RP17 RP18 every kind of entry takes the next index of its source, and of no other")
    void countsEverySource() {
        List<Long> indices = recording.append(List.of(
                Recording.entry("a", EntryKind.FRAME, "1"),
                Recording.entry("b", EntryKind.END_OF_STREAM),
                Recording.entry("a", EntryKind.USER_DATA, "2"),
                Recording.entry("a", EntryKind.END_OF_STREAM)));

        assertThat(indices).containsExactly(0L, 0L, 1L, 2L);
        assertThat(recording.store().entry("a", 2).orElseThrow().info().kind()).isEqualTo(EntryKind.END_OF_STREAM);
        assertThat(recording.store().entry("a", 3)).isEmpty();
        assertThat(recording.store().entry("unknown", 0)).isEmpty();
    }

    @Test
    @DisplayName("RP50 data and indices survive a restart, and the next index goes on")
    void survivesRestart() {
        UUID first = recording.keyframe("cam");
        recording.frame("cam");

        recording.restart();

        assertThat(recording.indices("cam")).containsExactly(0L, 1L);
        assertThat(recording.store().keyframe("cam", first).orElseThrow().index())
                .isZero();
        assertThat(recording.frame("cam")).isEqualTo(2);
    }

    @Test
    @DisplayName("a second store on the same folder is refused with its name")
    void refusesSecond() {
        assertThatThrownBy(() -> new Recording(directory))
                .isInstanceOf(FrameStoreException.class)
                .hasMessageContaining("frame store test")
                .hasMessageContaining(directory.toString());
    }

    @Test
    @DisplayName("a closed store says so, and does not bring the process down")
    void closed() {
        FrameReader reader = recording.store().read("cam", 0, 100);
        recording.frame("cam");
        recording.store().close();

        assertThatThrownBy(reader::poll).isInstanceOf(FrameStoreException.class).hasMessageContaining("is closed");
        assertThatThrownBy(() -> recording.store().entry("cam", 0)).isInstanceOf(FrameStoreException.class);
        assertThatThrownBy(() -> recording.store().append(List.of())).isInstanceOf(FrameStoreException.class);
    }

    @Test
    @DisplayName("the catalogue tells times, counts, bytes, codecs and gaps")
    void catalogue() {
        Instant begin = recording.clock().instant();
        recording.keyframe("cam");
        recording.frame("cam");
        recording.clock().advance(Duration.ofMinutes(5));
        recording.keyframe("cam");
        recording.keyframe("other");

        SourceSummary cam = recording.store().source("cam").orElseThrow();
        assertThat(recording.store().sources())
                .extracting(SourceSummary::sourceId)
                .containsExactly("cam", "other");
        assertThat(cam.nextIndex()).isEqualTo(3);
        assertThat(cam.entries()).isEqualTo(3);
        assertThat(cam.keyframes()).isEqualTo(2);
        assertThat(cam.bytes()).isEqualTo(3 * "topic".length() + 2 * "keyframe".length() + "frame".length());
        assertThat(cam.entriesPerKeyframe()).isEqualTo(1.5);
        assertThat(cam.codecs()).containsExactly("h264");
        assertThat(cam.first()).isEqualTo(begin);
        assertThat(cam.last()).isEqualTo(begin.plus(Duration.ofMinutes(5)));
        assertThat(recording.store().gaps("cam", Duration.ofMinutes(1)))
                .containsExactly(new Gap(1, begin, 2, begin.plus(Duration.ofMinutes(5))));
        assertThat(recording.store().gaps("cam", Duration.ofMinutes(5))).isEmpty();
        assertThat(recording.store().source("unknown")).isEqualTo(Optional.empty());
    }

    @Test
    @DisplayName("entries are found by the time of their arrival, before and in the last block")
    void findsByArrival() {
        Instant begin = recording.clock().instant();
        for (int i = 0; i < 6; i++) {
            if (i % 3 == 0) {
                recording.keyframe("cam");
            } else {
                recording.frame("cam");
            }
            recording.clock().advance(Duration.ofSeconds(10));
        }

        assertThat(recording.store().arrivedFrom("cam", Instant.EPOCH)).hasValue(0);
        assertThat(recording.store().arrivedFrom("cam", begin.plusSeconds(15))).hasValue(2);
        assertThat(recording.store().arrivedFrom("cam", begin.plusSeconds(21))).hasValue(3);
        assertThat(recording.store().arrivedFrom("cam", begin.plusSeconds(50))).hasValue(5);
        assertThat(recording.store().arrivedFrom("cam", begin.plusSeconds(51))).isEmpty();
    }
}
