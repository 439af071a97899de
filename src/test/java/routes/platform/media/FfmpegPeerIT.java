package routes.platform.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import routes.platform.ForeignProgram;
import routes.platform.Peers;
import routes.platform.media.clip.ClipFormat;
import routes.platform.media.picture.EncodedPicture;
import routes.platform.media.picture.PictureFormat;
import routes.platform.media.picture.PictureLimits;
import routes.platform.media.picture.PictureRenderer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the ffmpeg program of another release makes of our clips, and we of its streams. */
@Tag("peer")
class FfmpegPeerIT {

    @TempDir
    Path folder;

    private final ForeignProgram ffmpeg = Peers.require("ffmpeg");
    private final ForeignProgram ffprobe = Peers.require("ffprobe");

    @ParameterizedTest
    @CsvSource({"H264,MP4", "H264,MKV", "H264,TS", "VP8,MKV", "VP9,MP4", "VP9,MKV", "JPEG,MKV", "PNG,MKV"})
    @DisplayName("RX11 ffprobe counts the frames of a clip, ffmpeg decodes it without a word")
    void takesClips(VideoCodec codec, ClipFormat format) throws IOException {
        Path clip = write(Streams.record(codec, 60), format);

        assertThat(countFrames(clip)).isEqualTo(60);
        assertThat(complaintsAbout(clip)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "libx264,H264,MP4,true", "libx264,H264,MP4,false", "libx264,H264,MKV,true", "libx264,H264,MKV,false",
        "libx264,H264,TS,true", "libx264,H264,TS,false", "libx265,HEVC,MP4,true", "libx265,HEVC,MP4,false",
        "libx265,HEVC,MKV,false", "libx265,HEVC,TS,false", "libaom-av1,AV1,MP4,false", "libaom-av1,AV1,MKV,true"
    })
    @DisplayName(
            "RX11 with B-frames, a clip shows the same pictures in the same order, with and without their timestamps")
    void keepsOrderOfPictures(String encoder, VideoCodec codec, ClipFormat format, boolean withPts) throws IOException {
        Path stream = stream(encoder);

        Path clip = write(RecordedFile.read(stream, codec, withPts), format);

        assertThat(countFrames(clip)).isEqualTo(75);
        assertThat(complaintsAbout(clip)).isEmpty();
        assertThat(pictures(clip)).isEqualTo(pictures(stream));
    }

    @ParameterizedTest
    @CsvSource({
        "H264,-c:v libx264 -preset veryfast",
        "H264,-c:v libx264 -preset veryfast -bf 0 -g 25",
        "H264,-c:v libx264 -preset veryfast -bf 8 -x264-params b-pyramid=normal:open-gop=1:keyint=30",
        "H264,-c:v libx264 -preset veryfast -bf 3 -x264-params intra-refresh=1:slices=3",
        "H264,-c:v libx264 -preset veryfast -bf 3 -flags +ilme+ildct -x264-params tff=1",
        "HEVC,-c:v libx265 -preset ultrafast -x265-params log-level=none:bframes=8:rc-lookahead=20:b-adapt=2:keyint=40",
        "HEVC,-c:v libx265 -preset ultrafast -x265-params log-level=none:open-gop=0:repeat-headers=1:keyint=40"
    })
    @DisplayName("CR3 CR4 CR5 each frame is shown where the encoder meant it, whatever its timestamps are worth")
    void placesEachPicture(VideoCodec codec, String encoder) throws IOException {
        Path stream = noiseThenTestPicture(encoder);
        List<EncodedFrame> sound = RecordedFile.read(stream, codec, true);
        List<List<EncodedFrame>> recordings = List.of(
                sound,
                RecordedFile.read(stream, codec, false),
                retimed(sound, (n, pts) -> n % 50 == 31 ? pts - 9_800 * 90_000L : pts),
                retimed(sound, (n, pts) -> n % 50 == 31 ? pts + 3_600 * 90_000L : pts),
                retimed(sound, (n, pts) -> n % 7 == 3 ? pts + 90_000L : pts),
                retimed(sound, (n, pts) -> pts - (pts - sound.get(0).pts()) % 36_000));

        for (List<EncodedFrame> frames : recordings) {
            boolean common = recordings.indexOf(frames) < 2;
            for (ClipFormat format : common ? ClipFormat.values() : new ClipFormat[] {ClipFormat.MP4}) {
                Path clip = write(frames, format);

                List<Long> times = times(RecordedFile.read(clip, codec, true));
                assertThat(misplaced(times, times(sound))).isZero();
                assertThat(Collections.max(times) - Collections.min(times))
                        .as("%s of recording %d", format, recordings.indexOf(frames))
                        .isBetween(249 * 40L - 100, 249 * 40L + 100);
            }
        }
        assertThat(complaintsAbout(write(sound, ClipFormat.TS))).isEmpty();
    }

    @Test
    @DisplayName("CR7 CR9 HEVC in MP4 has the tag that Apple's players want, and its own size where none was sent")
    void writesWhatPlayersTake() throws IOException {
        Path stream = noiseThenTestPicture(
                "-c:v libx265 -preset ultrafast -x265-params log-level=none:repeat-headers=1:keyint=50");
        List<EncodedFrame> frames = RecordedFile.read(stream, VideoCodec.HEVC, true).stream()
                .map(frame -> new EncodedFrame(
                        VideoCodec.HEVC,
                        0,
                        0,
                        frame.timeBaseNumerator(),
                        frame.timeBaseDenominator(),
                        frame.pts(),
                        null,
                        frame.createdNs(),
                        frame.keyframe(),
                        frame.data()))
                .toList();

        Path clip = write(frames, ClipFormat.MP4);

        assertThat(entry(clip, "stream=codec_tag_string,width,height").lines()).contains("hvc1", "320", "240");
        assertThat(countFrames(clip)).isEqualTo(250);
        assertThat(complaintsAbout(clip)).isEmpty();
    }

    /** Encoders find nothing in noise that B-frames would save, so these begin after two seconds. */
    private Path noiseThenTestPicture(String encoder) {
        Path stream = folder.resolve("stream.ts");
        ffmpeg.run(
                ("-v error -y -f lavfi -i color=gray:size=320x240:rate=25:duration=2,noise=alls=100:allf=t -f lavfi -i"
                                + " testsrc=size=320x240:rate=25:duration=8 -filter_complex [0]format=yuv420p[a];[1]format=yuv420p[b];[a][b]concat "
                                + encoder + " " + stream)
                        .split(" "));
        return stream;
    }

    private static List<EncodedFrame> retimed(List<EncodedFrame> frames, BiFunction<Integer, Long, Long> timestamps) {
        return IntStream.range(0, frames.size())
                .mapToObj(n -> {
                    EncodedFrame frame = frames.get(n);
                    return new EncodedFrame(
                            frame.codec(),
                            frame.width(),
                            frame.height(),
                            frame.timeBaseNumerator(),
                            frame.timeBaseDenominator(),
                            timestamps.apply(n, frame.pts()),
                            null,
                            frame.createdNs(),
                            frame.keyframe(),
                            frame.data());
                })
                .toList();
    }

    /** In milliseconds, in the order of coding. */
    private static List<Long> times(List<EncodedFrame> frames) {
        return frames.stream()
                .map(frame -> frame.pts() * 1000 * frame.timeBaseNumerator() / frame.timeBaseDenominator())
                .toList();
    }

    private static long misplaced(List<Long> clip, List<Long> meant) {
        List<Long> shown = clip.stream().sorted().toList();
        List<Long> intended = meant.stream().sorted().toList();
        return IntStream.range(0, clip.size())
                .filter(n -> shown.indexOf(clip.get(n)) != intended.indexOf(meant.get(n)))
                .count();
    }

    @Test
    @DisplayName("RX10 a keyframe of AV1 becomes a picture, but not one of a size above the limit")
    void rendersAv1() {
        byte[] data = RecordedFile.read(stream("libaom-av1"), VideoCodec.AV1, true)
                .get(0)
                .data();
        EncodedPicture picture = new EncodedPicture(VideoCodec.AV1, 0, 0, data);
        PictureRenderer small = new PictureRenderer(new PictureLimits(1 << 20, 320 * 192 - 1, 4096));

        byte[] file = new PictureRenderer(PictureLimits.DEFAULT).render(picture, PictureFormat.JPEG, 100);

        assertThat(new PatternReader().image(file).getHeight()).isEqualTo(60);
        assertThatThrownBy(() -> small.render(picture, PictureFormat.JPEG, 100))
                .isInstanceOf(UnsupportedMediaException.class)
                .hasMessageContaining("320 × 192");
    }

    @Test
    @DisplayName("RX10 damaged AV1 gives a picture or an exception, never a crash")
    void survivesDamagedAv1() {
        byte[] data = RecordedFile.read(stream("libaom-av1"), VideoCodec.AV1, true)
                .get(0)
                .data();
        PictureRenderer renderer = new PictureRenderer(PictureLimits.DEFAULT);
        Random random = new Random(3);
        int pictures = 0;
        for (int i = 0; i < 500; i++) {
            byte[] damaged = data.clone();
            // Behind the headers, so that decoding begins
            damaged[40 + random.nextInt(damaged.length - 40)] = (byte) random.nextInt();
            try {
                renderer.render(new EncodedPicture(VideoCodec.AV1, 0, 0, damaged), PictureFormat.JPEG, 64);
                pictures++;
            } catch (MediaException e) {
                assertThat(e).hasMessageContaining("av1");
            }
        }
        assertThat(pictures).isPositive();
    }

    @ParameterizedTest
    @EnumSource(PictureFormat.class)
    @DisplayName("RX10 a keyframe of HEVC becomes a picture")
    void rendersHevc(PictureFormat format) {
        EncodedFrame keyframe =
                RecordedFile.read(stream("libx265"), VideoCodec.HEVC, true).get(0);

        byte[] file = new PictureRenderer(PictureLimits.DEFAULT)
                .render(new EncodedPicture(VideoCodec.HEVC, 0, 0, keyframe.data()), format, 100);

        assertThat(new PatternReader().image(file).getHeight()).isEqualTo(60);
    }

    @Test
    @DisplayName("RX10 wide pixels are shown wide")
    void showsWidePixels() {
        Path stream = folder.resolve("wide.ts");
        ffmpeg.run(
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=320x192",
                "-vf",
                "setsar=2/1",
                "-frames:v",
                "1",
                "-c:v",
                "libx264",
                stream.toString());
        byte[] data = RecordedFile.read(stream, VideoCodec.H264, true).get(0).data();

        byte[] file = new PictureRenderer(PictureLimits.DEFAULT)
                .render(new EncodedPicture(VideoCodec.H264, 0, 0, data), PictureFormat.PNG, 320);

        assertThat(new PatternReader().image(file).getHeight()).isEqualTo(96);
    }

    private Path stream(String encoder) {
        boolean av1 = encoder.equals("libaom-av1");
        Path stream = folder.resolve(encoder + (av1 ? ".ivf" : ".ts"));
        String options = av1 ? "-usage realtime -cpu-used 8" : "-bf 3";
        ffmpeg.run(("-v error -f lavfi -i testsrc2=size=320x192:rate=25 -frames:v 75 -c:v " + encoder + " " + options
                        + " -g 25 -pix_fmt yuv420p " + stream)
                .split(" "));
        return stream;
    }

    private Path write(List<EncodedFrame> frames, ClipFormat format) throws IOException {
        return Files.write(
                folder.resolve("clip." + format.ending()),
                Streams.clip(frames, format).file());
    }

    private int countFrames(Path clip) {
        return Integer.parseInt(
                entry(clip, "stream=nb_read_frames").lines().findFirst().orElseThrow());
    }

    private String entry(Path clip, String name) {
        return ffprobe.run(
                "-v",
                "error",
                "-count_frames",
                "-select_streams",
                "v:0",
                "-show_entries",
                name,
                "-of",
                "default=nokey=1:noprint_wrappers=1",
                clip.toString());
    }

    private String complaintsAbout(Path clip) {
        return ffmpeg.errorsOf("-v", "error", "-i", clip.toString(), "-f", "null", "-");
    }

    private List<String> pictures(Path video) {
        try (Stream<String> lines = ffmpeg.run(
                        "-v", "error", "-i", video.toString(), "-fps_mode", "passthrough", "-f", "framemd5", "-")
                .lines()) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.substring(line.lastIndexOf(',') + 1).trim())
                    .toList();
        }
    }
}
