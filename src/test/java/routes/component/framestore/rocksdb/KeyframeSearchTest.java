package routes.component.framestore.rocksdb;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.component.framestore.Recording;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.Keyframe;
import routes.component.framestore.api.KeyframeQuery;
import routes.component.framestore.api.NewEntry;
import routes.component.framestore.api.Offset;
import routes.component.framestore.rocksdb.record.Nanos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Finding keyframes, and where to begin. */
class KeyframeSearchTest {

    @TempDir
    Path directory;

    private Recording recording;
    private long start;

    @BeforeEach
    void open() {
        recording = new Recording(directory);
        start = recording.clock().instant().getEpochSecond();
    }

    @AfterEach
    void close() {
        recording.close();
    }

    @Test
    @DisplayName("RP54 in a stream of keyframes only, each is found")
    void findsEach() {
        List<UUID> stored = every(Duration.ofMillis(40), 50);

        assertThat(find(null, null, 100)).isEqualTo(stored);
    }

    @Test
    @DisplayName("RP55 found are those within a second around the times, ascending, at most limit")
    void findsWindow() {
        List<UUID> stored = every(Duration.ofSeconds(1), 10);

        assertThat(find(start + 4, start + 5, 100)).isEqualTo(stored.subList(3, 7));
        assertThat(find(start + 4, start + 5, 2)).isEqualTo(stored.subList(3, 5));
        assertThat(find(start + 100, null, 2)).isEmpty();
    }

    @Test
    @DisplayName("RP56 without times all up to a second from now are found; of an unknown source none")
    void findsAll() {
        List<UUID> stored = every(Duration.ofSeconds(1), 3);
        Instant now = recording.clock().instant();
        NewEntry soon = Recording.keyframe("cam", now.plusMillis(1000));
        recording.append(List.of(soon, Recording.keyframe("cam", now.plusMillis(1001))));

        assertThat(find(null, null, 100))
                .hasSize(4)
                .containsAll(stored)
                .contains(soon.info().uuid());
        assertThat(recording.find(new KeyframeQuery("unknown", null, null, 1))).isEmpty();
    }

    @Test
    @DisplayName("RP57 both boundary milliseconds are included whole, and not one more")
    void includesBoundaries() {
        Instant from = Instant.ofEpochSecond(start + 9);
        Instant to = Instant.ofEpochSecond(start + 21);
        UUID first = Recording.uuid(from, 0);
        UUID last = Recording.uuid(to, 0x3fffffffffffffffL);
        recording.append(List.of(
                Recording.keyframe("cam", from, first),
                Recording.keyframe("cam", to, last),
                Recording.keyframe("cam", from, Recording.uuid(from.minusMillis(1), -1)),
                Recording.keyframe("cam", to, Recording.uuid(to.plusMillis(1), 0))));

        assertThat(find(start + 10, start + 20, 100)).containsExactly(first, last);
    }

    @Test
    @DisplayName("times at the ends of their range saturate; a limit of nothing is refused")
    void saturates() {
        List<UUID> stored = every(Duration.ofSeconds(1), 2);

        assertThat(find(0L, -1L, 100)).isEqualTo(stored);
        assertThatThrownBy(() -> find(null, null, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("S-11 of a UUID stored twice the later place counts")
    void laterPlaceWins() {
        Instant now = recording.clock().instant();
        NewEntry keyframe = Recording.keyframe("cam", now);
        recording.append(List.of(keyframe, Recording.entry("cam", EntryKind.FRAME), keyframe));

        assertThat(recording.find(new KeyframeQuery("cam", null, null, 10)))
                .extracting(Keyframe::index)
                .containsExactly(2L);
        assertThat(created(now)).isEqualTo(2);
    }

    @Test
    @DisplayName("RP63 RP64 RP66 so many blocks before the anchor, within the source, at most to its oldest keyframe")
    void offsetInBlocks() {
        List<UUID> stored = every(Duration.ofSeconds(1), 4);
        recording.append(Recording.keyframe("other", recording.clock().instant()));
        UUID anchor = stored.get(3);

        assertThat(start(anchor, Offset.blocks(0))).isEqualTo(anchor);
        assertThat(start(anchor, Offset.blocks(1))).isEqualTo(stored.get(2));
        assertThat(start(anchor, Offset.blocks(2))).isEqualTo(stored.get(1));
        assertThat(start(anchor, Offset.blocks(99))).isEqualTo(stored.get(0));
        assertThat(recording.store().startKeyframe("other", anchor, Offset.NONE))
                .isEmpty();
    }

    @Test
    @DisplayName("RP65 at least so many seconds before the anchor, back to a keyframe; 0 is the anchor (D-36)")
    void offsetInSeconds() {
        List<UUID> stored = every(Duration.ofMillis(10), 4);
        UUID anchor = stored.get(3);

        assertThat(start(anchor, Offset.seconds(0.005))).isEqualTo(stored.get(2));
        assertThat(start(anchor, Offset.seconds(0.010))).isEqualTo(stored.get(1));
        assertThat(start(anchor, Offset.seconds(0.015))).isEqualTo(stored.get(1));
        assertThat(start(anchor, Offset.seconds(99))).isEqualTo(stored.get(0));
        assertThat(start(anchor, Offset.seconds(0))).isEqualTo(anchor);
    }

    @ParameterizedTest(name = "67 {0} seconds are refused")
    @ValueSource(doubles = {-0.001, Double.NaN, Double.POSITIVE_INFINITY, 1e12})
    void refusesAbsurdSeconds(double seconds) {
        assertThatThrownBy(() -> Offset.seconds(seconds)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("RP67 negative blocks are refused")
    void refusesNegativeBlocks() {
        assertThatThrownBy(() -> Offset.blocks(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("the first keyframe at or after a creation time is found")
    void findsByCreation() {
        every(Duration.ofSeconds(10), 3);
        Instant first = Instant.ofEpochSecond(start);

        assertThat(created(first)).isZero();
        assertThat(created(first.plusNanos(1))).isEqualTo(1);
        assertThat(created(first.plusSeconds(20))).isEqualTo(2);
        assertThat(created(first.plusSeconds(21))).isEqualTo(-1);
    }

    private List<UUID> every(Duration distance, int count) {
        List<UUID> stored = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            stored.add(recording.keyframe("cam"));
            recording.clock().advance(distance);
        }
        return stored;
    }

    private List<UUID> find(@Nullable Long from, @Nullable Long to, int limit) {
        return recording.find(new KeyframeQuery("cam", from, to, limit)).stream()
                .map(Keyframe::uuid)
                .toList();
    }

    private UUID start(UUID anchor, Offset offset) {
        return recording
                .store()
                .startKeyframe("cam", anchor, offset)
                .orElseThrow()
                .uuid();
    }

    private long created(Instant time) {
        return recording
                .store()
                .keyframeCreatedFrom("cam", BigInteger.valueOf(Nanos.of(time)))
                .map(Keyframe::index)
                .orElse(-1L);
    }
}
