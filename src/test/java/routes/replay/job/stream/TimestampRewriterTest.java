package routes.replay.job.stream;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

import com.google.protobuf.ByteString;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.platform.InvalidInputException;
import routes.replay.Json;
import routes.replay.SavantSamples;
import routes.replay.job.ContiguousPts;
import routes.replay.job.TimelinePosition;
import routes.replay.protocol.FrameHeader;
import routes.replay.protocol.SavantMessage;
import routes.replay.protocol.TimeBase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The time of what a job sends, of good and of absurd recordings. */
class TimestampRewriterTest {

    private static final TimeBase MILLISECONDS = new TimeBase(1, 1_000);
    private static final TimeBase TICKS = new TimeBase(1, 90_000);
    private static final ContiguousPts AS_RECORDED = new ContiguousPts(OptionalLong.empty(), Duration.ofSeconds(1));
    private static final ContiguousPts FROM_ZERO = new ContiguousPts(OptionalLong.of(0), Duration.ofSeconds(1));

    /** As x264 makes them, I P b b b: presentation by the order of decoding. */
    private static final long[] PYRAMID = {0, 4, 2, 1, 3, 8, 6, 5, 7};

    private static final long DELAY = 2;

    @Test
    @DisplayName("RX22 without jumps in the recording, all keep their timestamps, or begin where the job wishes")
    void nothingToClose() {
        List<FrameHeader> frames = List.of(frame(500), frame(540), frame(620), frame(660));

        assertThat(pts(AS_RECORDED, frames)).containsExactly(500L, 540L, 620L, 660L);
        assertThat(pts(FROM_ZERO, frames)).containsExactly(0L, 40L, 120L, 160L);
        assertThat(pts(new ContiguousPts(OptionalLong.of(7), Duration.ofSeconds(1)), frames))
                .containsExactly(7L, 47L, 127L, 167L);
    }

    @Test
    @DisplayName("RX22 a gap is closed when it is longer than the greatest, back is a gap too; others stay")
    void gaps() {
        assertThat(pts(AS_RECORDED, List.of(frame(0), frame(1_000), frame(2_001), frame(2_041), frame(5), frame(45))))
                .containsExactly(0L, 1_000L, 1_040L, 1_080L, 1_120L, 1_160L);
        assertThat(pts(
                        new ContiguousPts(OptionalLong.empty(), Duration.ofMillis(100)),
                        List.of(frame(0), frame(101), frame(201))))
                .containsExactly(0L, 40L, 140L);
    }

    @Test
    @DisplayName(
            "RX22 behind a gap a frame follows by the length of the one before, else by its rate, else by Savant's")
    void lengths() {
        assertThat(behindGap(lasting(33, "25/1"))).isEqualTo(33);
        assertThat(behindGap(lasting(0, "25/1"))).isEqualTo(40);
        assertThat(behindGap(lasting(-5, "50/1"))).isEqualTo(20);
        assertThat(behindGap(lasting(Long.MAX_VALUE, "30000/1001"))).isEqualTo(33);
        for (String rate : List.of("", "x", "0/0", "25/0", "0/1", "1/999999999", "-25/1", "99999999999/1")) {
            assertThat(behindGap(lasting(0, rate))).as(rate).isEqualTo(33);
        }
        assertThat(behindGap(lasting(0, "999999999/1")))
                .as("a unit is the least")
                .isEqualTo(1);
    }

    @Property(tries = 50)
    @Label("RX22 B-frames: a loop of one block has every presentation time once, whatever frame it was cut after")
    void reordered(@ForAll @IntRange(min = 1, max = 9) int sent, @ForAll boolean decodingTimes) {
        TimestampRewriter timeline = new TimestampRewriter(FROM_ZERO, Optional.empty());
        List<FrameHeader> all = new ArrayList<>();
        for (int repetition = 0; repetition < 4; repetition++) {
            for (int i = 0; i < sent; i++) {
                all.add(place(timeline, pyramid(i, decodingTimes)));
            }
            timeline = new TimestampRewriter(FROM_ZERO, timeline.position().map(TimelinePosition::cut));
        }

        assertThat(all).extracting(FrameHeader::pts).doesNotHaveDuplicates();
        for (int i = 0; i < all.size(); i++) {
            FrameHeader frame = all.get(i);
            FrameHeader firstOfBlock = all.get(i / sent * sent);
            assertThat(frame.pts() - firstOfBlock.pts())
                    .as("inside a block the recorded times")
                    .isEqualTo(PYRAMID[i % sent] * 40);
            if (decodingTimes) {
                assertThat(frame.pts() - frame.dts().orElseThrow())
                        .isEqualTo(pyramid(i % sent, true).decodingDelay().orElseThrow());
                assertThat(i == 0
                                || frame.dts().getAsLong()
                                        > all.get(i - 1).dts().getAsLong())
                        .isTrue();
            }
        }
        List<Long> shown = all.stream().map(FrameHeader::pts).sorted().toList();
        if (sent == PYRAMID.length) {
            assertThat(shown)
                    .containsExactlyElementsOf(LongStream.range(0, shown.size())
                            .mapToObj(n -> shown.get(0) + n * 40)
                            .toList());
        }
        assertThat(decodingTimes ? all.get(0).dts().getAsLong() : all.get(0).pts())
                .as("the first timestamp there is")
                .isZero();
    }

    @Test
    @DisplayName("RX22 decoding times decide, so that an open block in the middle of a stream stays as it is")
    void openBlock() {
        List<FrameHeader> frames =
                List.of(decoded(40, 0, true), decoded(80, 40, false), decoded(200, 80, true), decoded(120, 120, false));

        assertThat(times(AS_RECORDED, frames)).extracting(FrameHeader::pts).containsExactly(40L, 80L, 200L, 120L);
    }

    @Test
    @DisplayName("RX22 frames with and without a decoding time in one stream are one run")
    void mixed() {
        List<FrameHeader> frames =
                List.of(frame(80), decoded(120, 40, false), frame(160), decoded(200, 120, false), frame(180, false));

        assertThat(times(AS_RECORDED, frames)).containsExactlyElementsOf(frames);
    }

    @Test
    @DisplayName("RX22 behind a cut recorded times say nothing, also where a filter took the keyframe there")
    void cut() {
        for (long recorded : List.of(20L, 80L, 120L, 5_000L)) {
            TimestampRewriter before = new TimestampRewriter(AS_RECORDED, Optional.empty());
            List.of(frame(0), frame(100, false), frame(80, false)).forEach(frame -> place(before, frame));
            TimestampRewriter behind =
                    new TimestampRewriter(AS_RECORDED, before.position().map(TimelinePosition::cut));

            assertThat(place(behind, frame(recorded, false)).pts()).isEqualTo(140);
        }
    }

    @Test
    @DisplayName("RX22 each frame keeps its time base; from one to another a time is rounded up, never back")
    void timeBases() {
        List<FrameHeader> placed = times(
                AS_RECORDED,
                List.of(
                        frame(1_000),
                        in(TICKS, 5, 3_000),
                        in(TICKS, 3_005, 3_000),
                        frame(7),
                        in(new TimeBase(1001, 30_000), 9, 1)));

        assertThat(placed)
                .extracting(FrameHeader::pts)
                .containsExactly(1_000L, 1_040L * 90, 1_040L * 90 + 3_000, 1_107L, 35L);
        assertThat(placed).extracting(FrameHeader::timeBase).element(2).isEqualTo(TICKS);
    }

    @Test
    @DisplayName("RX22 a time base that is none counts as Savant's own")
    void noTimeBase() {
        List<FrameHeader> placed = times(
                FROM_ZERO,
                List.of(in(new TimeBase(0, 0), 70, 0), in(new TimeBase(0, 0), 40_070, 0), in(MILLISECONDS, 5, 0)));

        assertThat(placed).extracting(FrameHeader::pts).containsExactly(0L, 40_000L, 80L);
        assertThat(placed.get(0).timeBase()).isEqualTo(new TimeBase(0, 0));
    }

    @Property(tries = 2_000)
    @Label(
            "RX22 absurd recordings: nothing is thrown, no decoding time comes behind its picture, a restart changes nothing")
    void absurd(@ForAll("anyFrames") List<FrameHeader> frames, @ForAll @IntRange(max = 30) int restart) {
        TimestampRewriter timeline = new TimestampRewriter(AS_RECORDED, Optional.empty());
        TimestampRewriter restarted = new TimestampRewriter(AS_RECORDED, Optional.empty());
        for (int i = 0; i < frames.size(); i++) {
            if (i == restart) {
                restarted = new TimestampRewriter(
                        AS_RECORDED,
                        restarted
                                .position()
                                .map(position -> TimelinePosition.read(
                                        Json.of(position.toJson().toString()))));
            }
            FrameHeader frame = frames.get(i);
            FrameHeader placed = place(timeline, frame);
            assertThat(place(restarted, frame)).isEqualTo(placed);
            assertThat(placed.pts()).isBetween(-(1L << 61), (1L << 62) + (1L << 40));
            if (frame.dts().isPresent()) {
                assertThat(placed.dts().orElseThrow() <= placed.pts())
                        .isEqualTo(frame.dts().getAsLong() <= frame.pts());
            }
        }
    }

    @Property(tries = 500)
    @Label("RX22 pictures in their order: time goes on with each, by the greatest gap at most, however it jumped")
    void advances(
            @ForAll @Size(min = 2, max = 40) List<@LongRange(min = -5_000, max = 5_000) Long> steps,
            @ForAll @IntRange(min = 40, max = 3_000) int maxGap) {
        long time = 0;
        List<FrameHeader> frames = new ArrayList<>();
        for (long step : steps) {
            time += step;
            frames.add(frame(time));
        }
        List<Long> placed = pts(new ContiguousPts(OptionalLong.of(0), Duration.ofMillis(maxGap)), frames);

        for (int i = 1; i < placed.size(); i++) {
            long recorded = steps.get(i);
            assertThat(placed.get(i) - placed.get(i - 1)).isEqualTo(recorded > 0 && recorded <= maxGap ? recorded : 40);
        }
    }

    @Property(tries = 200)
    @Label("RX22 with parts in other time bases time does not drift by more than a unit each")
    void drift(@ForAll @Size(max = 60) List<@IntRange(max = 3) Integer> parts) {
        List<TimeBase> bases = List.of(MILLISECONDS, TICKS, new TimeBase(1, 1_000_000), new TimeBase(1001, 30_000));
        TimestampRewriter timeline = new TimestampRewriter(FROM_ZERO, Optional.empty());
        double expected = 0;
        double tolerance = 0;
        for (int part : parts) {
            TimeBase base = bases.get(part);
            long length = Math.max(1, Math.round(0.04 / base.seconds(1)));
            FrameHeader placed = place(timeline, in(base, 77, length));
            tolerance += base.seconds(1);
            assertThat(base.seconds(placed.pts())).isBetween(expected - 1e-9, expected + tolerance + 1e-9);
            expected += base.seconds(length);
            timeline = new TimestampRewriter(FROM_ZERO, timeline.position().map(TimelinePosition::cut));
        }
    }

    @Test
    @DisplayName("RX22 where numbers come to their end they begin again")
    void wraps() {
        assertThat(pts(AS_RECORDED, List.of(frame(Long.MAX_VALUE), frame(Long.MAX_VALUE), frame(Long.MIN_VALUE))))
                .containsExactly(0L, 40L, 41L);
        assertThat(pts(AS_RECORDED, List.of(frame(1L << 62), frame((1L << 62) + 40))))
                .containsExactly(1L << 62, 0L);
        assertThat(pts(AS_RECORDED, List.of(frame(1L << 60), in(new TimeBase(1, Integer.MAX_VALUE), 0, 1), frame(500))))
                .containsExactly(1L << 60, 0L, 1L);
    }

    @Test
    @DisplayName("RX22 in both generations a frame keeps everything but its times, fields of later releases too")
    void generations() {
        ByteString first = SavantSamples.message(
                SavantSamples.frame1().setDts(1_800).setUnknownFields(SavantSamples.unknownField()));
        ByteString second =
                SavantSamples.message(SavantSamples.frame2().setUnknownFields(SavantSamples.unknownField()));

        SavantMessage one = new TimestampRewriter(FROM_ZERO, Optional.empty()).place(SavantSamples.decoded(first));
        assertThat(one.frame().orElseThrow().message())
                .isEqualTo(SavantSamples.frame1()
                        .setPts(1_800)
                        .setDts(0)
                        .setUnknownFields(SavantSamples.unknownField())
                        .build());
        assertThat(one.header().orElseThrow().dts()).hasValue(0);
        SavantMessage two = new TimestampRewriter(FROM_ZERO, Optional.empty()).place(SavantSamples.decoded(second));
        assertThat(two.frame().orElseThrow().message())
                .isEqualTo(SavantSamples.frame2()
                        .setPts(0)
                        .setUnknownFields(SavantSamples.unknownField())
                        .build());
    }

    @Test
    @DisplayName("RX22 a position of a row that is none is refused")
    void unreadable() {
        for (String json : List.of("{}", "{'time_base_numerator': 0}", "[]", "'x'")) {
            assertThatThrownBy(() -> TimelinePosition.read(Json.of(json)))
                    .as(json)
                    .isInstanceOfAny(IllegalArgumentException.class, InvalidInputException.class);
        }
    }

    @Provide
    Arbitrary<List<FrameHeader>> anyFrames() {
        Arbitrary<Long> time = Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.longs().between(-100, 5_000),
                Arbitraries.of(Long.MAX_VALUE, Long.MIN_VALUE, 0L, 1L << 62, -(1L << 61)));
        Arbitrary<Integer> unit = Arbitraries.oneOf(
                Arbitraries.of(1, 1_000, 90_000), Arbitraries.integers(), Arbitraries.just(Integer.MAX_VALUE));
        return Combinators.combine(
                        time,
                        time.optional(0.5),
                        time.optional(0.3),
                        Arbitraries.of(true, false),
                        unit,
                        unit,
                        Arbitraries.of("25/1", "30/1", "0/0", "no", "999999999/1"))
                .as((pts, dts, duration, key, numerator, denominator, rate) ->
                        header(new TimeBase(numerator, denominator), key, pts, optional(dts), optional(duration), rate))
                .list()
                .ofMaxSize(30);
    }

    private static OptionalLong optional(Optional<Long> value) {
        return value.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private static long behindGap(FrameHeader first) {
        return pts(FROM_ZERO, List.of(first, frame(-90_000))).get(1);
    }

    private static List<Long> pts(ContiguousPts wish, List<FrameHeader> frames) {
        return times(wish, frames).stream().map(FrameHeader::pts).toList();
    }

    private static List<FrameHeader> times(ContiguousPts wish, List<FrameHeader> frames) {
        TimestampRewriter timeline = new TimestampRewriter(wish, Optional.empty());
        return frames.stream().map(frame -> place(timeline, frame)).toList();
    }

    private static FrameHeader place(TimestampRewriter timeline, FrameHeader frame) {
        return frame.shownAt(timeline.place(FrameTiming.of(frame)));
    }

    private static FrameHeader pyramid(int number, boolean decodingTimes) {
        long pts = (PYRAMID[number] + DELAY) * 40;
        return decodingTimes ? decoded(pts, number * 40L, number == 0) : frame(pts, number == 0);
    }

    private static FrameHeader frame(long milliseconds) {
        return frame(milliseconds, true);
    }

    private static FrameHeader frame(long milliseconds, boolean keyframe) {
        return header(MILLISECONDS, keyframe, milliseconds, OptionalLong.empty(), OptionalLong.empty(), "25/1");
    }

    private static FrameHeader decoded(long pts, long dts, boolean keyframe) {
        return header(MILLISECONDS, keyframe, pts, OptionalLong.of(dts), OptionalLong.of(40), "25/1");
    }

    private static FrameHeader lasting(long duration, String rate) {
        return header(MILLISECONDS, true, 0, OptionalLong.empty(), OptionalLong.of(duration), rate);
    }

    private static FrameHeader in(TimeBase timeBase, long pts, long duration) {
        return header(timeBase, true, pts, OptionalLong.empty(), OptionalLong.of(duration), "25/1");
    }

    private static FrameHeader header(
            TimeBase timeBase, boolean keyframe, long pts, OptionalLong dts, OptionalLong duration, String framerate) {
        return new FrameHeader(
                "cam-1",
                SavantSamples.ID,
                BigInteger.ZERO,
                Optional.of(keyframe),
                framerate,
                Optional.of("h264"),
                640,
                360,
                timeBase,
                pts,
                dts,
                duration);
    }
}
