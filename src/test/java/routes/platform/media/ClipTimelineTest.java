package routes.platform.media;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Timestamps of clips, of good and of absurd streams. */
class ClipTimelineTest {

    /** As x264 makes them: I P b b b, the order they come in. */
    private static final long[] PYRAMID = {0, 4, 2, 1, 3, 8, 6, 5, 7, 12, 10, 9, 11};

    /** An MP4 file has 31 bits for a step of time. */
    private static final long MOST = Integer.MAX_VALUE;

    @Property(tries = 500)
    @Label("RX11 whatever timestamps come in, a player can take those that go out")
    void playable(@ForAll("anyStream") List<EncodedFrame> frames) {
        Timed timed = time(frames);

        assertThat(timed.clip).extracting(ClipFrame::frame).containsExactlyElementsOf(frames);
        assertThat(timed.clip.get(0).dts()).isZero();
        for (int i = 0; i < timed.clip.size(); i++) {
            ClipFrame frame = timed.clip.get(i);
            assertThat(frame.pts()).isGreaterThanOrEqualTo(frame.dts());
            assertThat(frame.duration()).isBetween(1L, MOST);
            assertThat(frame.pts() - frame.dts()).isLessThanOrEqualTo(MOST);
            if (i > 0) {
                assertThat(frame.dts()).isGreaterThan(timed.clip.get(i - 1).dts());
                assertThat(frame.dts() - timed.clip.get(i - 1).dts()).isLessThanOrEqualTo(MOST);
            }
        }
    }

    @Test
    @DisplayName("RX11 with B-frames and no decoding times, these follow from the order of arrival")
    void derivesDecodingTimes() {
        Timed timed = time(LongStream.of(PYRAMID)
                .mapToObj(n -> frame(n == 0, n * 40, null))
                .toList());

        assertThat(timed.mended).isZero();
        assertThat(shownFromFirst(timed.clip)).containsExactly(ticks(PYRAMID));
        assertThat(timed.clip.stream().mapToLong(ClipFrame::dts)).isSorted();
    }

    @Test
    @DisplayName("RX11 decoding times that make sense are kept")
    void keepsDecodingTimes() {
        List<EncodedFrame> frames = new ArrayList<>();
        for (int i = 0; i < PYRAMID.length; i++) {
            frames.add(frame(i == 0, 1000 + PYRAMID[i] * 40, 1000 + (i - 2) * 40L));
        }

        Timed timed = time(frames);

        assertThat(timed.mended).isZero();
        assertThat(timed.clip.stream().mapToLong(ClipFrame::dts).toArray())
                .containsExactly(ticks(LongStream.range(0, PYRAMID.length).toArray()));
        assertThat(shownFromFirst(timed.clip)).containsExactly(ticks(PYRAMID));
    }

    @Test
    @DisplayName("RX11 frames that lack their decoding times do not fall behind by hours")
    void lacksDecodingTimes() {
        List<EncodedFrame> frames = new ArrayList<>();
        frames.add(new EncodedFrame(VideoCodec.JPEG, 320, 192, 1, 1000, 0, 0L, null, true, new byte[1]));
        for (int i = 1; i < 20; i++) {
            // A long pause, and a short step after it
            long milliseconds = i / 2 * 18_000_000L + i % 2;
            frames.add(
                    new EncodedFrame(VideoCodec.JPEG, 320, 192, 1, 1000, milliseconds, null, null, true, new byte[1]));
        }

        assertThat(time(frames).clip)
                .allSatisfy(frame -> assertThat(frame.pts() - frame.dts()).isLessThan(MOST));
    }

    @Test
    @DisplayName("RX11 decoding times that are only a copy of the presentation times are not believed")
    void derivesInsteadOfCopies() {
        Timed timed = time(LongStream.of(PYRAMID)
                .mapToObj(n -> frame(n == 0, n * 40, n * 40))
                .toList());

        assertThat(timed.mended).isZero();
        assertThat(shownFromFirst(timed.clip)).containsExactly(ticks(PYRAMID));
    }

    @Test
    @DisplayName("RX11 a camera that starts again in the middle is continued one frame later")
    void continuesAfterRestart() {
        List<EncodedFrame> frames = new ArrayList<>();
        LongStream.of(PYRAMID).forEach(n -> frames.add(frame(n == 0, 5_000_000 + n * 40, null)));
        LongStream.of(PYRAMID).forEach(n -> frames.add(frame(n == 0, n * 40, null)));

        Timed timed = time(frames);

        assertThat(timed.mended).isEqualTo(1);
        long[] expected = LongStream.concat(
                        LongStream.of(PYRAMID), LongStream.of(PYRAMID).map(n -> n + 13))
                .toArray();
        assertThat(shownFromFirst(timed.clip)).containsExactly(ticks(expected));
    }

    private static long[] shownFromFirst(List<ClipFrame> clip) {
        return clip.stream().mapToLong(frame -> frame.pts() - clip.get(0).pts()).toArray();
    }

    private static long[] ticks(long... frames) {
        return LongStream.of(frames).map(n -> n * 3600).toArray();
    }

    private static EncodedFrame frame(boolean keyframe, long pts, @Nullable Long dts) {
        return new EncodedFrame(VideoCodec.H264, 320, 192, 1, 1000, pts, dts, null, keyframe, new byte[1]);
    }

    @Provide
    Arbitrary<List<EncodedFrame>> anyStream() {
        Arbitrary<Long> times =
                Arbitraries.oneOf(Arbitraries.longs(), Arbitraries.longs().between(0, 100), Arbitraries.just(7L));
        Arbitrary<Integer> parts =
                Arbitraries.frequencyOf(Tuple.of(9, Arbitraries.just(1000)), Tuple.of(1, Arbitraries.integers()));
        return Combinators.combine(
                        Arbitraries.of(VideoCodec.H264, VideoCodec.JPEG),
                        Combinators.combine(
                                        times,
                                        times.injectNull(0.3),
                                        times.injectNull(0.3),
                                        parts,
                                        parts,
                                        Arbitraries.of(true, false))
                                .as((pts, dts, duration, numerator, denominator, keyframe) -> new EncodedFrame(
                                        VideoCodec.H264,
                                        320,
                                        192,
                                        numerator,
                                        denominator,
                                        pts,
                                        dts,
                                        duration,
                                        keyframe,
                                        new byte[1]))
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(80))
                .as(ClipTimelineTest::encodedAs);
    }

    private static List<EncodedFrame> encodedAs(VideoCodec codec, List<EncodedFrame> frames) {
        return frames.stream()
                .map(frame -> new EncodedFrame(
                        codec,
                        frame.width(),
                        frame.height(),
                        frame.timeBaseNumerator(),
                        frame.timeBaseDenominator(),
                        frame.pts(),
                        frame.dts(),
                        frame.duration(),
                        frame.keyframe(),
                        frame.data()))
                .toList();
    }

    private record Timed(List<ClipFrame> clip, int mended) {}

    private static Timed time(List<EncodedFrame> frames) {
        ClipTimeline timeline = new ClipTimeline(frames.get(0));
        List<ClipFrame> clip = new ArrayList<>();
        frames.forEach(frame -> clip.addAll(timeline.add(frame)));
        clip.addAll(timeline.finish());
        return new Timed(clip, timeline.mended());
    }
}
