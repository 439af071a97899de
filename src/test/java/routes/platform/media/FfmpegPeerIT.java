package routes.platform.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
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
            "RX11 with B-frames, a clip shows the same pictures in the same order, with and without decoding times")
    void keepsOrderOfPictures(String encoder, VideoCodec codec, ClipFormat format, boolean withDts) throws IOException {
        Path stream = stream(encoder);

        Path clip = write(RecordedFile.read(stream, codec, withDts), format);

        assertThat(countFrames(clip)).isEqualTo(75);
        assertThat(complaintsAbout(clip)).isEmpty();
        assertThat(pictures(clip)).isEqualTo(pictures(stream));
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
        return Integer.parseInt(ffprobe.run(
                        "-v",
                        "error",
                        "-count_frames",
                        "-select_streams",
                        "v:0",
                        "-show_entries",
                        "stream=nb_read_frames",
                        "-of",
                        "default=nokey=1:noprint_wrappers=1",
                        clip.toString())
                .lines()
                .findFirst()
                .orElseThrow());
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
