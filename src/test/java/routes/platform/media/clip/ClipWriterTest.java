package routes.platform.media.clip;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import routes.platform.media.ClipProbe;
import routes.platform.media.EncodedFrame;
import routes.platform.media.MediaException;
import routes.platform.media.Streams;
import routes.platform.media.SyntheticCamera;
import routes.platform.media.UnsupportedMediaException;
import routes.platform.media.VideoCodec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Clips of what cameras send; each is decoded again. */
class ClipWriterTest {

    @ParameterizedTest
    @CsvSource({"H264,MP4", "H264,MKV", "H264,TS", "VP8,MKV", "VP9,MP4", "VP9,MKV", "JPEG,MKV", "PNG,MKV"})
    @DisplayName("RX11 every recorded frame is in the clip, in order, at its time, and decodes without error")
    void writesEveryFrame(VideoCodec codec, ClipFormat format) {
        Streams.Made made = Streams.clip(Streams.record(codec, 45), format);

        assertThat(made.summary().frames()).isEqualTo(45);
        assertThat(made.summary().mended()).isZero();
        ClipProbe.Content content = ClipProbe.decode(made.file());
        assertThat(content.numbers()).isEqualTo(IntStream.range(0, 45).boxed().toList());
        assertThat(content.width()).isEqualTo(320);
        assertThat(content.height()).isEqualTo(192);
        assertThat(content.pts().get(44) - content.pts().get(0)).isEqualTo(44 * 40);
        assertThat(content.format())
                .contains(format == ClipFormat.MKV ? "matroska" : format == ClipFormat.TS ? "mpegts" : "mp4");
    }

    @ParameterizedTest
    @EnumSource(ClipFormat.class)
    @DisplayName("RX11 a clip begins with its first keyframe, and says how many frames came before it")
    void beginsWithKeyframe(ClipFormat format) {
        List<EncodedFrame> frames = Streams.record(VideoCodec.H264, 30);

        Streams.Made made = Streams.clip(frames.subList(3, 30), format);

        assertThat(made.summary().skipped()).isEqualTo(7);
        assertThat(ClipProbe.decode(made.file()).numbers())
                .startsWith(10)
                .endsWith(29)
                .hasSize(20);
    }

    @ParameterizedTest
    @EnumSource(ClipFormat.class)
    @DisplayName("RX11 time that goes back, stands still or jumps by days is mended and counted")
    void mendsTimestamps(ClipFormat format) {
        List<EncodedFrame> frames = new ArrayList<>(Streams.at(Streams.record(VideoCodec.H264, 40), n -> n * 40));
        // The camera starts again at 0, repeats a time stamp, and is gone for a week
        IntStream.range(10, 40).forEach(n -> frames.set(n, Streams.at(frames.get(n), (n - 10) * 40, null)));
        frames.set(25, Streams.at(frames.get(25), 14 * 40, null));
        IntStream.range(30, 40).forEach(n -> frames.set(n, Streams.at(frames.get(n), 604_800_000 + n * 40, null)));

        Streams.Made made = Streams.clip(frames, format);

        assertThat(made.summary().mended()).isEqualTo(3);
        ClipProbe.Content content = ClipProbe.decode(made.file());
        assertThat(content.numbers()).isEqualTo(IntStream.range(0, 40).boxed().toList());
        assertThat(content.dts()).isSorted().doesNotHaveDuplicates();
        assertThat(content.pts()).isSorted().doesNotHaveDuplicates();
        assertThat(content.pts().get(39) - content.pts().get(0)).isBetween(39 * 40L - 40, 39 * 40L + 40);
    }

    @Test
    @DisplayName("RX11 a pause in the recording stays a pause in the clip")
    void keepsPauses() {
        List<EncodedFrame> frames =
                Streams.at(Streams.record(VideoCodec.H264, 20), n -> n * 40 + (n >= 10 ? 3_600_000 : 0));

        Streams.Made made = Streams.clip(frames, ClipFormat.MP4);

        assertThat(made.summary().mended()).isZero();
        List<Long> pts = ClipProbe.decode(made.file()).pts();
        assertThat(pts.get(10) - pts.get(9)).isEqualTo(3_600_040);
    }

    @Test
    @DisplayName("RX11 a clip ends where the stream changes its size, and says so")
    void endsAtChange() {
        List<EncodedFrame> frames = new ArrayList<>(Streams.record(VideoCodec.H264, 15));
        frames.addAll(Streams.record(new SyntheticCamera.Settings(VideoCodec.H264, 640, 360, 25, 10), 15));

        Streams.Made made = Streams.clip(frames, ClipFormat.MP4);

        assertThat(made.summary().frames()).isEqualTo(15);
        assertThat(made.summary().endedBy().orElseThrow()).contains("320 × 192", "640 × 360");
        assertThat(ClipProbe.decode(made.file()).numbers()).hasSize(15);
    }

    @ParameterizedTest
    @CsvSource({"JPEG,MP4", "PNG,MP4", "VP8,MP4", "VP9,TS", "JPEG,TS"})
    @DisplayName("RX11 what a container does not take is refused before anything is written")
    void refusesCodec(VideoCodec codec, ClipFormat format) {
        List<EncodedFrame> frames = Streams.record(codec, 1);

        assertThatThrownBy(() -> Streams.clip(frames, format))
                .isInstanceOf(UnsupportedMediaException.class)
                .hasMessageContaining(codec.label() + " cannot be put into " + format.ending());
    }

    @Test
    @DisplayName("RX11 a range without a keyframe, and a keyframe without parameter sets, give no clip")
    void refusesUndecodable() {
        List<EncodedFrame> frames = Streams.record(VideoCodec.H264, 5);
        EncodedFrame second = frames.get(1);
        EncodedFrame lie = new EncodedFrame(VideoCodec.H264, 320, 192, 1, 25, 0, null, null, true, second.data());

        assertThatThrownBy(() -> Streams.clip(frames.subList(1, 5), ClipFormat.MP4))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining("no keyframe among the 4 frames");
        assertThatThrownBy(() -> Streams.clip(List.of(lie), ClipFormat.MP4))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining("parameter sets");
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("RX11 a stream that cannot be written to any more ends the clip with what it threw, and nothing else")
    void failsWithTheStream(Throwable thrown) {
        OutputStream broken = new OutputStream() {
            private int left = 5000;

            @Override
            public void write(int b) throws IOException {
                if (left-- > 0) {
                    return;
                }
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (IOException) thrown;
            }
        };
        try (ClipWriter writer = new ClipWriter(broken, ClipFormat.TS)) {
            assertThatThrownBy(() -> {
                        for (EncodedFrame frame : Streams.record(VideoCodec.H264, 100)) {
                            writer.write(frame);
                        }
                        writer.finish();
                    })
                    .isSameAs(thrown);
        }
    }

    static List<Throwable> failsWithTheStream() {
        // An error that went through FFmpeg would end the process
        return List.of(
                new IOException("Connection reset by peer"), new OutOfMemoryError("Java heap space, says the test"));
    }

    @Test
    @DisplayName("RX11 a clip is written while its frames come in")
    void streams() throws IOException {
        Counting out = new Counting();
        List<EncodedFrame> frames = Streams.record(VideoCodec.H264, 100);
        try (ClipWriter writer = new ClipWriter(out, ClipFormat.MP4)) {
            for (EncodedFrame frame : frames) {
                writer.write(frame);
            }
            long bytes = frames.stream().mapToLong(frame -> frame.data().length).sum();
            assertThat(out.count).isGreaterThan(bytes * 6 / 10);
            writer.finish();
        }
    }

    @ParameterizedTest
    @EnumSource(ClipFormat.class)
    @DisplayName("RX11 damaged frames give a clip or an exception, never a crash")
    void survivesDamage(ClipFormat format) {
        List<EncodedFrame> sound = Streams.record(VideoCodec.H264, 20);
        Random random = new Random(13);
        for (int i = 0; i < 60; i++) {
            List<EncodedFrame> frames =
                    sound.stream().map(frame -> damaged(frame, random)).toList();
            try {
                assertThat(Streams.clip(frames, format).file()).isNotEmpty();
            } catch (MediaException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    private static EncodedFrame damaged(EncodedFrame frame, Random random) {
        byte[] data = Arrays.copyOf(frame.data(), 1 + random.nextInt(frame.data().length));
        for (int i = 0; i < 5; i++) {
            data[random.nextInt(data.length)] = (byte) random.nextInt();
        }
        return new EncodedFrame(frame.codec(), 320, 192, 1, 25, frame.pts(), null, null, frame.keyframe(), data);
    }

    @Test
    @DisplayName("RX11 clips leave nothing behind, however they end")
    void frees() throws IOException {
        List<EncodedFrame> frames = Streams.record(VideoCodec.H264, 12);
        for (int i = 0; i < 50; i++) {
            ClipWriter writer = new ClipWriter(new Counting(), ClipFormat.MKV);
            for (EncodedFrame frame : frames) {
                writer.write(frame);
            }
            writer.close();
            writer.close();
        }
        // More than there is room for at once
        assertThat(Streams.clip(frames, ClipFormat.MKV).summary().frames()).isEqualTo(12);
    }

    private static final class Counting extends OutputStream {

        private long count;

        @Override
        public void write(int b) {
            count++;
        }
    }
}
