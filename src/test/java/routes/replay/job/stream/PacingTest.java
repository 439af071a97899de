package routes.replay.job.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.replay.SavantSamples;
import routes.replay.job.JobConfiguration;
import routes.replay.job.JobPacing;
import routes.replay.job.RoutingLabels;
import routes.replay.protocol.FrameHeader;
import routes.replay.protocol.TimeBase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PacingTest {

    private static final Duration RATE = Duration.ofNanos(1_000_000_000 / 30);
    private static final long MS = 1_000_000;

    @ParameterizedTest
    @CsvSource({
        "20, 33, 33, 40, 660, 693",
        "20, 33, 33, 0, 660, 693",
        "20, 20, 1000, 10, 400, 420",
        "20, 1, 20, 30, 380, 400"
    })
    @DisplayName("RP87 frames, least and greatest gap, spacing of the source → bounds of the total, in milliseconds")
    void bounds(int frames, int min, int max, int spacing, long least, long most) {
        Duration minGap = min == 33 ? RATE : Duration.ofMillis(min);
        Duration maxGap = max == 33 ? RATE : Duration.ofMillis(max);
        for (boolean onSchedule : List.of(false, true)) {
            Stream stream = new Stream(pacing(minGap, maxGap, onSchedule));
            for (int i = 0; i < frames; i++) {
                stream.send(spacing * (long) i);
            }
            assertThat(stream.milliseconds()).isBetween(least, most);
        }
    }

    @Test
    @DisplayName("RP87 RP89 three frames with two ends of streams between them take three gaps")
    void endsOfStreams() {
        Stream stream = new Stream(pacing(RATE, RATE, false));
        stream.send(0);
        stream.work(50_000); // an end of stream goes without asking the pacer
        stream.send(33);
        stream.work(50_000);
        stream.send(66);

        assertThat(stream.milliseconds()).isBetween(2 * 33L, 4 * 33L);
    }

    @Test
    @DisplayName("RP86 RP88 a frame that goes backward waits the fix duration, within the bounds")
    void backward() {
        Stream stream = new Stream(pacing(Duration.ZERO, Duration.ofMillis(100), false));
        stream.send(1_000);
        assertThat(stream.send(500).backward()).isTrue();
        assertThat(stream.gaps.get(1)).isBetween(39 * MS, 40 * MS);
        assertThat(stream.send(500).backward()).as("equal is in order").isFalse();
        assertThat(stream.send(520).backward()).as("compared with the last one").isFalse();

        Pacing bounded = pacing(Duration.ZERO, Duration.ofMillis(10), false);
        bounded.before(SavantSamples.header(1_000), 0);
        bounded.released(0);
        assertThat(bounded.before(SavantSamples.header(0), 0)).isEqualTo(new Pacing.Gap(true, 10 * MS));
    }

    @Test
    @DisplayName("RP86 decoding times are preferred to presentation times")
    void decodingTimes() {
        Pacing order = pacing(Duration.ZERO, Duration.ofSeconds(1), false);
        FrameHeader first = SavantSamples.decoded(
                        SavantSamples.message(SavantSamples.frame1().setPts(9).setDts(1)))
                .header()
                .orElseThrow();
        FrameHeader second = SavantSamples.decoded(
                        SavantSamples.message(SavantSamples.frame1().setPts(3).setDts(2)))
                .header()
                .orElseThrow();

        assertThat(order.before(first, 0).backward()).isFalse();
        assertThat(order.before(second, 0).backward()).isFalse();
        assertThat(order.before(first, 0).backward()).isTrue();
    }

    @Test
    @DisplayName("RP87 the first frame waits the least gap from the start of streaming")
    void firstFrame() {
        Pacing pacer = pacing(Duration.ofMillis(20), Duration.ofMillis(50), false);
        pacer.restart(100 * MS);

        assertThat(pacer.before(SavantSamples.header(7), 105 * MS).waitNanos()).isEqualTo(15 * MS);
    }

    @Test
    @DisplayName("RP87 time spent on sending counts towards the gap, the last sleep's overshoot is made good")
    void gapArithmetic() {
        Pacing pacer = pacing(Duration.ZERO, Duration.ofSeconds(1), false);
        pacer.before(SavantSamples.header(0), 0);
        pacer.released(0);

        assertThat(pacer.before(SavantSamples.header(40), 10 * MS).waitNanos()).isEqualTo(30 * MS);
        pacer.released(42 * MS); // slept 2 ms too long
        assertThat(pacer.before(SavantSamples.header(80), 42 * MS).waitNanos()).isEqualTo(38 * MS);
        pacer.released(80 * MS);
        assertThat(pacer.before(SavantSamples.header(120), 200 * MS).waitNanos())
                .isZero();
        pacer.released(200 * MS);
        assertThat(pacer.before(SavantSamples.header(160), 200 * MS).waitNanos())
                .as("late frames are not caught up with")
                .isEqualTo(40 * MS);
    }

    @Test
    @DisplayName("the schedule catches up after a stall, and never drifts")
    void schedule() {
        Pacing pacer = pacing(Duration.ZERO, Duration.ofSeconds(1), true);
        pacer.restart(1_000 * MS);
        List<Long> waits = new ArrayList<>();
        long[] askedAt = {1_000, 1_200, 1_200, 1_201, 1_202, 1_203};
        for (int i = 0; i < askedAt.length; i++) {
            waits.add(
                    pacer.before(SavantSamples.header(60L * i), askedAt[i] * MS).waitNanos() / MS);
            pacer.released(askedAt[i] * MS);
        }

        assertThat(waits).containsExactly(0L, 0L, 0L, 0L, 38L, 97L);
    }

    @Test
    @DisplayName("over an hour of frames with sleeps that are too long the schedule is exact, gaps have drifted")
    void drift() {
        Stream schedule = new Stream(pacing(Duration.ZERO, Duration.ofSeconds(1), true));
        for (int i = 0; i <= 90_000; i++) {
            schedule.send(40L * i);
        }

        assertThat(schedule.milliseconds()).isBetween(3_600_000L, 3_600_001L);
    }

    @Test
    @DisplayName("twice as fast: half the gaps, whatever bounds them")
    void speed() {
        Pacing pacer = pacing(Duration.ofMillis(30), Duration.ofMillis(50), new JobPacing(2, true));

        assertThat(pacer.before(SavantSamples.header(0), 0).waitNanos()).isEqualTo(15 * MS);
        assertThat(pacer.before(SavantSamples.header(1_000), 0).waitNanos()).isEqualTo(40 * MS);
    }

    @Test
    @DisplayName("a pause is no gap and is not caught up")
    void pause() {
        for (boolean onSchedule : List.of(false, true)) {
            Pacing pacer = pacing(Duration.ZERO, Duration.ofSeconds(1), onSchedule);
            pacer.before(SavantSamples.header(0), 0);
            pacer.released(0);
            pacer.resumedAfter(5_000 * MS);
            assertThat(pacer.before(SavantSamples.header(40), 5_010 * MS).waitNanos())
                    .isEqualTo(30 * MS);
        }
    }

    @Test
    @DisplayName("RP86 a time base without length and a difference of years count as backward")
    void senseless() {
        for (TimeBase timeBase : List.of(new TimeBase(1, 0), new TimeBase(0, 0), new TimeBase(-1, 1_000))) {
            Pacing gaps = pacing(Duration.ZERO, Duration.ofSeconds(9), false);
            assertThat(gaps.before(SavantSamples.header(5, timeBase, true, SavantSamples.ID), 0))
                    .isEqualTo(new Pacing.Gap(true, 40 * MS));
        }
        Pacing gaps = pacing(Duration.ZERO, Duration.ofSeconds(9), false);
        gaps.before(SavantSamples.header(Long.MIN_VALUE), 0);
        assertThat(gaps.before(SavantSamples.header(Long.MAX_VALUE), 0)).isEqualTo(new Pacing.Gap(true, 40 * MS));
        assertThat(gaps.before(SavantSamples.header(Long.MAX_VALUE), 0))
                .as("and then goes on")
                .isEqualTo(new Pacing.Gap(false, 0));
    }

    @Test
    void limitsThatContradict() {
        assertThatThrownBy(() -> pacing(Duration.ofMillis(2), Duration.ofMillis(1), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pacing(Duration.ZERO, Duration.ZERO, new JobPacing(0, false)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pacing(Duration.ZERO, Duration.ZERO, new JobPacing(Double.NaN, false)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void waitsAreWithinTheBoundsWhateverTheTimestamps(
            @ForAll long first, @ForAll long second, @ForAll int numerator, @ForAll int denominator) {
        TimeBase timeBase = new TimeBase(numerator, denominator);
        for (boolean onSchedule : List.of(false, true)) {
            Pacing pacer = pacing(Duration.ofMillis(1), Duration.ofSeconds(Long.MAX_VALUE), onSchedule);
            pacer.before(SavantSamples.header(first, timeBase, true, SavantSamples.ID), 0);
            pacer.released(0);
            assertThat(pacer.before(SavantSamples.header(second, timeBase, true, SavantSamples.ID), 0)
                            .waitNanos())
                    .isGreaterThanOrEqualTo(MS);
        }
    }

    private static Pacing pacing(Duration min, Duration max, boolean onSchedule) {
        return pacing(min, max, new JobPacing(1, onSchedule));
    }

    /** Of a job that starts to stream at 0, whose fix duration is 40 ms. */
    private static Pacing pacing(Duration min, Duration max, JobPacing wish) {
        JobConfiguration job = new JobConfiguration(
                true,
                false,
                false,
                false,
                Duration.ofMillis(40),
                min,
                max,
                "cam-1",
                "result",
                RoutingLabels.BYPASS,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                false,
                Optional.empty());
        Pacing pacing = new Pacing(job, wish);
        pacing.beginAnew(0);
        return pacing;
    }

    /** A job on a clock of its own, whose sleeps are 80 µs too long and whose sends take 200 µs. */
    private static final class Stream {

        private static final long OVERSHOOT = 80_000;
        private static final long SENDING = 200_000;

        private final Pacing pacer;
        private final List<Long> gaps = new ArrayList<>();
        private long now;
        private long last;

        Stream(Pacing pacer) {
            this.pacer = pacer;
        }

        Pacing.Gap send(long timestamp) {
            Pacing.Gap pace = pacer.before(SavantSamples.header(timestamp), now);
            now += pace.waitNanos() == 0 ? 0 : pace.waitNanos() + OVERSHOOT;
            pacer.released(now);
            gaps.add(now - last - (gaps.isEmpty() ? 0 : OVERSHOOT));
            last = now;
            work(SENDING);
            return pace;
        }

        void work(long nanos) {
            now += nanos;
        }

        long milliseconds() {
            return TimeUnit.NANOSECONDS.toMillis(now);
        }
    }
}
