package routes.component.framestore.rocksdb;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.component.framestore.Recording;
import routes.component.framestore.api.Compaction;
import routes.component.framestore.api.Durability;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.FrameReader;
import routes.component.framestore.api.Hold;
import routes.component.framestore.api.Keyframe;
import routes.component.framestore.api.KeyframeQuery;
import routes.component.framestore.api.NewEntry;
import routes.component.framestore.api.SourceLimits;
import routes.component.framestore.api.SourceSummary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Expiry, quota, holds and deletion. */
class RetentionTest {

    private static final Duration TTL = Duration.ofMinutes(10);
    private static final long BLOCK = "topickeyframetopicframe".length();

    @TempDir
    Path directory;

    private Recording recording;

    @BeforeEach
    void open() {
        recording = new Recording(Recording.options(directory, TTL, Durability.fsync, Compaction.universal, 0));
    }

    @AfterEach
    void close() {
        recording.close();
    }

    @Test
    @DisplayName(
            "RX19 the newest entry arrived when it was appended, also after a restart, and not at all once expired")
    void lastArrival() {
        assertThat(recording.store().lastArrival("cam")).isEmpty();
        block();
        recording.clock().advance(Duration.ofSeconds(1));
        recording.frame("cam");
        Instant last = recording.clock().instant();
        recording.clock().advance(TTL.minusNanos(1));
        assertThat(recording.store().lastArrival("cam")).contains(last);
        recording.restart();
        assertThat(recording.store().lastArrival("cam")).contains(last);

        recording.clock().advance(Duration.ofNanos(1));
        assertThat(recording.store().lastArrival("cam")).isEmpty();
    }

    @Test
    @DisplayName("RP52 what is as old as the TTL is not served, wherever it is looked for, though it is on the disk")
    void expiresStrictly() {
        UUID uuid = block();
        FrameReader reader = recording.store().read("cam", 0, 1 << 20);
        recording.clock().advance(TTL.minusNanos(1));
        assertThat(recording.indices("cam")).containsExactly(0L, 1L);
        assertThat(reader.poll()).isPresent();

        recording.clock().advance(Duration.ofNanos(1));
        assertThat(recording.indices("cam")).isEmpty();
        assertThat(reader.poll()).as("read ahead, then expired").isEmpty();
        assertThat(recording.store().entry("cam", 0)).isEmpty();
        assertThat(recording.store().keyframe("cam", uuid)).isEmpty();
        assertThat(recording.find(new KeyframeQuery("cam", null, null, 9))).isEmpty();
        assertThat(recording.store().source("cam").orElseThrow().entries()).isEqualTo(2);
    }

    @Test
    @DisplayName("a sweep removes expired blocks from the disk, also the last one, and nothing else")
    void sweeps() {
        block();
        block("other");
        recording.clock().advance(TTL.dividedBy(2));
        block();
        recording.clock().advance(TTL.dividedBy(2));

        assertThat(recording.store().sweep()).isEqualTo(2 * BLOCK);
        assertThat(recording.store().sweep()).isZero();
        assertThat(recording.indices("cam")).containsExactly(2L, 3L);
        assertThat(recording.store().source("cam").orElseThrow().keyframes()).isEqualTo(1);
        assertThat(recording.store().sources())
                .extracting(SourceSummary::sourceId)
                .containsExactly("cam");
    }

    @Test
    @DisplayName("RX19 what is expired and still on the disk is told until a sweep removes it")
    void expiryBacklog() {
        block();
        block("other");
        recording.clock().advance(TTL.minusNanos(1));
        assertThat(recording.store().expiredBytes()).isZero();

        recording.clock().advance(Duration.ofNanos(1));
        assertThat(recording.store().expiredBytes()).isEqualTo(2 * BLOCK);
        block();
        assertThat(recording.store().expiredBytes()).isEqualTo(2 * BLOCK);

        recording.store().sweep();
        assertThat(recording.store().expiredBytes()).isZero();
    }

    @Test
    @DisplayName("RP53 S-23 the counter survives TTL, sweep, deletion and restart (D-21)")
    void counterSurvives() {
        block();
        recording.clock().advance(TTL.multipliedBy(100));
        recording.store().sweep();
        recording.restart();
        assertThat(recording.frame("cam")).isEqualTo(2);

        recording.store().delete("cam", 0, Long.MAX_VALUE);
        recording.restart();
        assertThat(recording.frame("cam")).isEqualTo(3);
        assertThat(recording.store().source("cam").orElseThrow().everEntries()).isEqualTo(4);
    }

    @Test
    @DisplayName("a source without keyframes expires, too")
    void expiresWithoutKeyframes() {
        for (int batch = 0; batch < 3; batch++) {
            recording.append(Collections.nCopies(1000, Recording.entry("cam", EntryKind.USER_DATA, "data")));
            recording.clock().advance(TTL.dividedBy(2));
        }

        assertThat(recording.store().sweep()).isEqualTo(2000L * "topicdata".length());
        assertThat(recording.indices("cam")).hasSize(1000).startsWith(2000L);
    }

    @Test
    @DisplayName("a source may have a TTL of its own, longer or shorter, which survives a restart")
    void ownTtl() {
        recording.store().limit("cam", new SourceLimits(Duration.ofHours(1), 0));
        recording.store().limit("short", new SourceLimits(Duration.ofMinutes(1), 0));
        recording.store().limit("kept", new SourceLimits(Duration.ZERO, 0));
        block("cam");
        block("short");
        block("kept");
        recording.clock().advance(Duration.ofMinutes(1));
        assertThat(recording.indices("short")).isEmpty();

        recording.clock().advance(Duration.ofMinutes(58));
        recording.restart();
        recording.store().sweep();
        assertThat(recording.indices("cam")).hasSize(2);
        recording.clock().advance(Duration.ofDays(1000));
        recording.store().sweep();
        assertThat(recording.indices("cam")).isEmpty();
        assertThat(recording.indices("kept")).hasSize(2);
    }

    @Test
    @DisplayName("over its quota, a source loses its oldest blocks whole")
    void quota() {
        recording.store().limit("cam", new SourceLimits(null, 2 * BLOCK));
        block("other");
        block();
        block();
        UUID third = block();
        // Appends do not wait for the removal, which comes before any later change
        recording.store().sweep();

        assertThat(recording.indices("cam")).containsExactly(2L, 3L, 4L, 5L);
        assertThat(recording.indices("other")).hasSize(2);
        recording.store().limit("cam", new SourceLimits(null, 1));
        assertThat(recording.indices("cam")).as("the last block stays").containsExactly(4L, 5L);
        assertThat(recording.find(new KeyframeQuery("cam", null, null, 9)))
                .extracting(Keyframe::uuid)
                .containsExactly(third);
    }

    @Test
    @DisplayName("held entries neither expire nor make room, over a restart, until they are released")
    void holds() {
        block();
        block();
        block();
        Hold hold = recording.store().hold("cam", 2, 3, "evidence");
        recording.store().limit("cam", new SourceLimits(null, 1));
        recording.restart();
        recording.clock().advance(TTL);
        recording.store().sweep();

        assertThat(recording.indices("cam")).containsExactly(2L, 3L);
        assertThat(recording.store().holds()).containsExactly(hold);
        assertThatThrownBy(() -> recording.store().delete("cam", 0, Long.MAX_VALUE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("evidence");

        assertThat(recording.store().release(hold.id())).isTrue();
        assertThat(recording.store().release(hold.id())).isFalse();
        assertThat(recording.indices("cam")).isEmpty();
        recording.store().sweep();
        assertThat(recording.store().sources()).isEmpty();
    }

    @Test
    @DisplayName("deleting a range deletes the blocks it touches; readers step over the hole")
    void deletesRange() {
        block();
        block();
        block();

        assertThat(recording.store().delete("cam", 3, 3)).isEqualTo(BLOCK);
        assertThat(recording.indices("cam")).containsExactly(0L, 1L, 4L, 5L);
        assertThat(recording.store().delete("cam", 100, 200)).isZero();
    }

    @Test
    @DisplayName("S-11 a keyframe stored again stays findable when its first place expires")
    void keepsLaterPlace() {
        NewEntry keyframe = Recording.keyframe("cam", recording.clock().instant());
        recording.append(keyframe);
        recording.clock().advance(TTL.dividedBy(2));
        recording.append(List.of(keyframe, Recording.entry("cam", EntryKind.FRAME, "frame")));
        recording.clock().advance(TTL.dividedBy(2));
        recording.store().sweep();

        assertThat(recording.find(new KeyframeQuery("cam", null, null, 9)))
                .extracting(Keyframe::index)
                .containsExactly(1L);
    }

    @Test
    @DisplayName("with the clock set back nothing is lost, the order stays, and what arrives then expires in time")
    void clockSetBack() {
        block();
        recording.clock().advance(Duration.ofHours(-1));
        block();
        assertThat(recording.indices("cam")).containsExactly(0L, 1L, 2L, 3L);

        block();
        recording.clock().advance(TTL);
        recording.store().sweep();
        assertThat(recording.indices("cam")).containsExactly(0L, 1L);
        recording.clock().advance(Duration.ofHours(1));
        recording.store().sweep();
        assertThat(recording.store().sources()).isEmpty();
    }

    private UUID block() {
        return block("cam");
    }

    private UUID block(String sourceId) {
        UUID uuid = UUID.randomUUID();
        uuid = Recording.uuid(recording.clock().instant(), uuid.getLeastSignificantBits() >>> 2);
        recording.append(List.of(
                Recording.keyframe(sourceId, recording.clock().instant(), uuid),
                Recording.entry(sourceId, EntryKind.FRAME, "frame")));
        return uuid;
    }
}
