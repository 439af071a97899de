package routes.platform.media.clip;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.platform.media.EncodedFrame;
import routes.platform.media.VideoCodec;

import static org.assertj.core.api.Assertions.assertThat;

/** Timestamps of clips, of good and of absurd streams. */
class ClipTimelineTest {

    /** As x264 makes them: I P b b b, the order they come in. */
    private static final long[] PYRAMID = {0, 4, 2, 1, 3, 8, 6, 5, 7, 12, 10, 9, 11};

    private static final int BLOCK = PYRAMID.length;

    /** An MP4 file has 31 bits for a step of time. */
    private static final long MOST = Integer.MAX_VALUE;

    @Property(tries = 500)
    @Label("RX11 whatever timestamps come in, a player can take those that go out")
    void playable(@ForAll("anyStream") List<EncodedFrame> frames) {
        Random random = new Random(frames.size());
        Timed timed = time(frames, n -> new PictureOrder.Position(n / 20, random.nextInt(9)));

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
    @DisplayName("RX11 CR4 with B-frames, it follows from the order of the pictures when they are decoded")
    void derivesDecodingTimes() {
        Timed timed = time(blocks(2, n -> n * 40, n -> n * 40));

        assertThat(timed.mended).isZero();
        assertThat(shownFromFirst(timed.clip)).containsExactly(ticks(shown(2)));
        assertThat(timed.clip.stream().mapToLong(ClipFrame::dts).toArray())
                .containsExactly(ticks(LongStream.range(0, 2L * BLOCK).toArray()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 60})
    @DisplayName("CR4 B-frames that begin later are shown in their place, too")
    void beginsReorderingLater(int plain) {
        List<Shot> film = new ArrayList<>();
        IntStream.range(0, plain).forEach(n -> film.add(new Shot(n == 0, n, n * 40L, n * 40L)));
        LongStream.of(shown(4)).forEach(n -> film.add(new Shot(false, plain + n, (plain + n) * 40, (plain + n) * 40)));

        Timed timed = time(film);

        assertThat(timed.mended).isZero();
        assertThat(shownFromFirst(timed.clip))
                .containsExactly(ticks(film.stream().mapToLong(Shot::count).toArray()));
    }

    @ParameterizedTest
    @CsvSource({
        "-9800000,50",
        "3600000,50",
        "-500,50",
        "500,50",
        "-3000,50",
        "3000,50",
        "-200,7",
        "200,7",
        "7000,2",
        "-90000000,5",
        "90000000,3"
    })
    @DisplayName("CR3 single timestamps that are off change neither the length of a film nor the order of its pictures")
    void ignoresOutliers(long off, int each) {
        for (boolean reordered : List.of(false, true)) {
            List<Shot> film = reordered ? blocks(20, n -> n * 40, n -> n * 40) : plain(260, n -> n * 40);
            for (int i = 31 % each; i < film.size(); i += each) {
                film.set(i, film.get(i).at(film.get(i).pts + off));
            }

            Timed timed = time(film);

            assertShown(timed, film, 45);
            assertThat(timed.mended).isBetween(film.size() / each - 1, film.size() / 2 + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Timestamps go on elsewhere, while the camera goes on filming
        "-9800000,40,40",
        "3600000,40,40",
        "90000000,40,40",
        "-100000000000,40,40",
        // They go on elsewhere after a pause
        "-9800000,60000,60000",
        "3600000,60000,60000",
        // They tell of the pause
        "60000,60000,60000",
        "18000000,18000000,18000000",
        // They tell of a pause that no file can have
        "25200000,25200000,40",
        "-5000,25200000,40"
    })
    @DisplayName("CR3 a pause is told from a jump by the times frames were made")
    void tellsPauseFromJump(long jump, long pause, long expected) {
        List<Shot> film = plain(50, n -> n * 40);
        for (int i = 0; i < 50; i++) {
            film.add(new Shot(i == 0, i, 49 * 40 + jump + i * 40L, 49 * 40 + pause + i * 40L));
        }

        long[] shown = shownFromFirst(time(film).clip);

        assertThat(shown[50] - shown[49]).isBetween(expected * 90 - 300, expected * 90 + 300);
        assertThat(shown[99] - shown[50]).isEqualTo(49 * 3600);
    }

    @ParameterizedTest
    @CsvSource({
        "2,true",
        "3,true",
        "10,true",
        "50,true",
        "250,true",
        "2,false",
        "3,false",
        "10,false",
        "50,false",
        "250,false"
    })
    @DisplayName("CR5 frames of the same timestamp are a frame apart, in the order of their pictures")
    void spreadsRepetitions(int each, boolean reordered) {
        List<Shot> film =
                reordered ? blocks(20, n -> n / each * each * 40, n -> n * 40) : plain(250, n -> n / each * each * 40);

        Timed timed = time(film);

        assertShown(timed, film, 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    @DisplayName("CR4 CR5 a recorder that stamps B-frames in the order they arrive does not scramble them")
    void sortsStampsOfArrival(int each) {
        List<Shot> film = blocks(20, n -> n * 40, n -> n * 40);
        for (int i = 0; i < film.size(); i++) {
            film.set(i, film.get(i).at(i / each * each * 40L));
        }

        assertShown(time(film), film, 45);
    }

    @Test
    @DisplayName("CR3 CR5 times of making that vary, and are not in order, change nothing")
    void smoothsTheWall() {
        Random random = new Random(3);
        for (int each : List.of(1, 50, 250)) {
            List<Shot> film = plain(250, n -> n / each * each * 40).stream()
                    .map(shot -> new Shot(
                            shot.keyframe, shot.count, shot.pts, shot.created + random.nextInt(100), shot.meant))
                    .toList();

            assertShown(time(film), film, 100);
        }
    }

    @Test
    @DisplayName("CR3 a pause in a file that is sent as fast as it can be read is one by its timestamps alone")
    void keepsPausesOfFiles() {
        List<Shot> film = IntStream.range(0, 200)
                .mapToObj(n -> new Shot(n == 0, n, n * 40L + (n < 100 ? 0 : 5000), n, n * 40L + (n < 100 ? 0 : 5000)))
                .toList();

        assertShown(time(film), film, 0);
    }

    @Test
    @DisplayName("CR5 CR3 where timestamps and times of making stand still, frames last as long as they say")
    void believesDurations() {
        List<EncodedFrame> frames = IntStream.range(0, 250)
                .mapToObj(n -> new EncodedFrame(VideoCodec.H264, 320, 192, 1, 1000, 7, 20L, 5L, n == 0, new byte[1]))
                .toList();

        List<ClipFrame> clip = time(frames, n -> new PictureOrder.Position(0, n)).clip;

        assertThat(clip.get(249).pts()).isEqualTo(249 * 20 * 90);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 400, 2000})
    @DisplayName(
            "CR3 CR5 frames that arrive in bursts are shown as their timestamps say; a file that is sent fast, too")
    void ignoresBursts(long milliseconds) {
        List<Shot> film = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            film.add(new Shot(i % 25 == 0, i % 25, i * 40L, i / 10 * milliseconds));
        }

        Timed timed = time(film);

        assertThat(timed.mended).isZero();
        assertThat(timed.clip.get(249).pts()).isEqualTo(249 * 3600);
    }

    @Test
    @DisplayName("CR3 a film of one frame in ten seconds keeps its times, also when it is sent fast")
    void keepsTimeLapse() {
        Timed timed = time(IntStream.range(0, 60)
                .mapToObj(n -> new Shot(true, 0, n * 10_000L, n))
                .toList());

        assertThat(timed.mended).isZero();
        assertThat(timed.clip.get(59).pts()).isEqualTo(590 * 90_000);
    }

    @Test
    @DisplayName("RX11 a camera that starts again in the middle is continued one frame later")
    void continuesAfterRestart() {
        List<Shot> film = blocks(1, n -> 5_000_000 + n * 40, n -> n * 40);
        film.addAll(blocks(1, n -> n * 40, n -> (BLOCK + n) * 40));

        Timed timed = time(film);

        assertThat(timed.mended).isEqualTo(1);
        assertThat(shownFromFirst(timed.clip)).containsExactly(ticks(shown(2)));
    }

    /** Every picture is where the encoder meant it, within so many milliseconds. */
    private static void assertShown(Timed timed, List<Shot> film, long milliseconds) {
        List<ClipFrame> clip = timed.clip;
        List<Integer> order = IntStream.range(0, film.size())
                .boxed()
                .sorted(Comparator.comparingLong(i -> clip.get(i).pts()))
                .toList();
        assertThat(order.stream().mapToLong(i -> film.get(i).meant)).isSorted();
        for (int i = 0; i < film.size(); i++) {
            assertThat((clip.get(i).pts() - clip.get(0).pts()) / 90)
                    .as("picture %d", i)
                    .isBetween(film.get(i).meant - milliseconds, film.get(i).meant + milliseconds);
        }
    }

    /** A recorded frame, times in milliseconds, and when it is meant to be shown. */
    private record Shot(boolean keyframe, long count, long pts, long created, long meant) {

        Shot(boolean keyframe, long count, long pts, long created) {
            this(keyframe, count, pts, created, created);
        }

        Shot at(long other) {
            return new Shot(keyframe, count, other, created, meant);
        }
    }

    /** Without B-frames, a keyframe each 25 frames. */
    private static List<Shot> plain(int frames, LongUnaryOperator pts) {
        return IntStream.range(0, frames)
                .mapToObj(n -> new Shot(n % 25 == 0, n % 25, pts.applyAsLong(n), n * 40L))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** @param created of the frame that comes at this place */
    private static List<Shot> blocks(int blocks, LongUnaryOperator pts, LongUnaryOperator created) {
        long[] shown = shown(blocks);
        return IntStream.range(0, shown.length)
                .mapToObj(n -> new Shot(
                        n % BLOCK == 0,
                        shown[n] % BLOCK,
                        pts.applyAsLong(shown[n]),
                        created.applyAsLong(n),
                        shown[n] * 40))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static long[] shown(int blocks) {
        return IntStream.range(0, blocks)
                .boxed()
                .flatMapToLong(block -> LongStream.of(PYRAMID).map(n -> block * BLOCK + n))
                .toArray();
    }

    private static Timed time(List<Shot> film) {
        List<EncodedFrame> frames = film.stream()
                .map(shot -> new EncodedFrame(
                        VideoCodec.H264,
                        320,
                        192,
                        1,
                        1000,
                        shot.pts,
                        null,
                        shot.created * 1_000_000,
                        shot.keyframe,
                        new byte[1]))
                .toList();
        int[] sequence = {0};
        return time(frames, n -> {
            sequence[0] += film.get(n).keyframe ? 1 : 0;
            return new PictureOrder.Position(sequence[0], (int) film.get(n).count);
        });
    }

    private static long[] shownFromFirst(List<ClipFrame> clip) {
        return clip.stream().mapToLong(frame -> frame.pts() - clip.get(0).pts()).toArray();
    }

    private static long[] ticks(long... frames) {
        return LongStream.of(frames).map(n -> n * 3600).toArray();
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
                                .as((pts, created, duration, numerator, denominator, keyframe) -> new EncodedFrame(
                                        VideoCodec.H264,
                                        320,
                                        192,
                                        numerator,
                                        denominator,
                                        pts,
                                        duration,
                                        created == null || created < 0 ? null : created,
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
                        frame.duration(),
                        frame.createdNs(),
                        frame.keyframe(),
                        frame.data()))
                .toList();
    }

    private record Timed(List<ClipFrame> clip, int mended) {}

    private static Timed time(List<EncodedFrame> frames, IntFunction<PictureOrder.Position> positions) {
        ClipTimeline timeline = new ClipTimeline(frames.get(0));
        List<ClipFrame> clip = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            clip.addAll(timeline.add(frames.get(i), positions.apply(i)));
        }
        clip.addAll(timeline.finish());
        return new Timed(clip, timeline.mended());
    }
}
