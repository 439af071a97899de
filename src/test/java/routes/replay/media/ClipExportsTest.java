package routes.replay.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.google.protobuf.InvalidProtocolBufferException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.component.framestore.api.FrameReader;
import routes.platform.InvalidInputException;
import routes.platform.NotFoundException;
import routes.platform.NotPossibleException;
import routes.platform.NotReadyException;
import routes.platform.media.ClipProbe;
import routes.platform.media.VideoCodec;
import routes.platform.media.clip.ClipFormat;
import routes.replay.RecordedVideo;
import routes.replay.protocol.FrameId;
import routes.replay.savant.NoneFrame;
import routes.replay.savant.generation1.Message;
import routes.replay.savant.generation1.VideoFrame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Clips of what is in a store, decoded again to see which frames are in them. */
class ClipExportsTest {

    private static final String NO_FRAME = "019b76da-a800-7000-8000-000000000001";

    /** Frames from keyframe to keyframe. */
    private static final int BLOCK = 10;

    /** Frames that are held at the beginning, to learn their order. */
    private static final int LOOKED_AHEAD = 32;

    private final AtomicInteger polled = new AtomicInteger();

    @TempDir
    Path directory;

    private final MediaQueries queries = new MediaQueries();
    private RecordedVideo video;
    private ClipExports exports;

    @BeforeEach
    void open() {
        video = new RecordedVideo(directory);
        exports = new ClipExports(video::store, new ConcurrencyLimit("exports", 2, Duration.ZERO));
    }

    @AfterEach
    void close() {
        video.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "mkv", "ts"})
    @DisplayName("RX11 a clip has every frame of its range, from the block in which it begins")
    void exportsRange(String format) {
        video.record("cam", VideoCodec.H264, 60);
        video.record("other", VideoCodec.H264, 5);

        assertThat(numbers("format", format, "from", time(15), "to", time(34))).isEqualTo(range(10, 35));
    }

    @Test
    @DisplayName("RX11 times are RFC 3339 or milliseconds; without an end the clip has all that is recorded")
    void readsTimes() {
        video.record("cam", VideoCodec.H264, 45);
        String millis = Long.toString(
                RecordedVideo.START.plus(RecordedVideo.FRAME.multipliedBy(30)).toEpochMilli());

        assertThat(numbers("from", millis)).isEqualTo(range(30, 45));
        assertThat(numbers("from", "2026-01-01 01:00:01.2+01:00".replace(' ', 'T')))
                .isEqualTo(range(30, 45));
        assertThat(numbers("from", "2026-01-01T01:00:01.2 01:00")).isEqualTo(range(30, 45));
        assertThatThrownBy(() -> numbers("from", "yesterday")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> numbers("to", time(3))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> numbers("from", "1", "anchor", NO_FRAME)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("RX11 a clip begins with the block being recorded, also the last one, but not with one long over")
    void findsItsBeginning() {
        video.record("cam", VideoCodec.H264, 25);
        video.pause(Duration.ofMinutes(30));
        video.record("cam", VideoCodec.H264, 25);

        assertThat(numbers("from", time(24))).startsWith(20, 21).hasSize(30);
        assertThat(numbers("from", time(1000))).isEqualTo(range(0, 25));
        assertThat(numbers("from", "2025-01-01T00:00:00Z")).hasSize(50);
        String last = RecordedVideo.START
                .plus(Duration.ofMinutes(30))
                .plus(RecordedVideo.FRAME.multipliedBy(48))
                .toString();
        assertThat(numbers("from", last)).isEqualTo(range(20, 25));
        assertThatThrownBy(() -> numbers("from", "2027-01-01T00:00:00Z")).isInstanceOf(NotFoundException.class);
    }

    @Test
    @DisplayName("RX11 a clip can begin at an anchor or blocks before it, and end after blocks or seconds")
    void exportsAroundAnchor() {
        List<FrameId> keyframes = video.record("cam", VideoCodec.H264, 60);
        String anchor = keyframes.get(3).toString();

        assertThat(numbers("anchor", anchor, "blocks", 2L)).isEqualTo(range(30, 50));
        assertThat(numbers("anchor", anchor, "before", 1L, "blocks", 2L)).isEqualTo(range(20, 40));
        assertThat(numbers("anchor", anchor, "before", 99L, "seconds", "0.4")).isEqualTo(range(0, 11));
        assertThat(numbers("anchor", anchor)).isEqualTo(range(30, 60));
        assertThatThrownBy(() -> numbers("anchor", NO_FRAME)).isInstanceOf(NotFoundException.class);
    }

    @Test
    @DisplayName("RX11 an end of stream in the range does not end the clip; the camera that starts again is continued")
    void goesOnAfterEndOfStream() {
        video.record("cam", VideoCodec.H264, 20);
        video.endOfStream("cam");
        video.record("cam", VideoCodec.H264, 20);

        byte[] clip = clip("from", "0");

        List<Integer> twice = new ArrayList<>(range(0, 20));
        twice.addAll(range(0, 20));
        ClipProbe.Content content = ClipProbe.decode(clip);
        assertThat(content.numbers()).isEqualTo(twice);
        assertThat(content.pts().get(39) - content.pts().get(0)).isEqualTo(39 * 40);
    }

    @Test
    @DisplayName("CR1 a recording ends with its last frame, whatever is recorded after that")
    void findsTheLastBlock() {
        video.record("cam", VideoCodec.H264, 25);
        video.endOfStream("cam");
        video.pause(Duration.ofMinutes(1));
        video.record("cam", VideoCodec.H264, 25);
        video.endOfStream("cam");
        video.junk("cam");

        assertThat(numbers("from", time(23), "blocks", 1L)).isEqualTo(range(20, 25));
        assertThat(numbers("from", time(25 + 1500 + 13), "blocks", 1L)).isEqualTo(range(10, 20));
        assertThat(numbers("from", time(25 + 1500 + 23), "blocks", 1L)).isEqualTo(range(20, 25));
        assertThat(numbers("from", time(25 + 1500 + 23))).isEqualTo(range(20, 25));
    }

    @Test
    @DisplayName("CR1 what cannot be read is no end of a clip, and no failure")
    void leavesOutWhatCannotBeRead() {
        video.junk("cam");
        video.record("cam", VideoCodec.H264, 15);
        video.junk("cam");
        video.record("cam", VideoCodec.H264, 5);

        List<Integer> twice = new ArrayList<>(range(0, 15));
        twice.addAll(range(0, 5));
        assertThat(numbers("from", "0")).isEqualTo(twice);
    }

    @Test
    @DisplayName("CR2 a length is that from where the clip was asked to begin, not from the keyframe before")
    void measuresFromWhatWasAsked() {
        video.record("cam", VideoCodec.H264, 60);

        assertThat(numbers("from", time(27), "seconds", "0.4")).isEqualTo(range(20, 38));
        assertThat(numbers("from", time(27), "seconds", "0.4", "to", time(29))).isEqualTo(range(20, 30));
        assertThat(numbers("from", time(29), "seconds", "0")).isEqualTo(range(20, 30));
    }

    @Test
    @DisplayName("CR9 a range in which nothing is recorded is not found, one that ends before it begins is refused")
    void findsNothingInHoles() {
        video.record("cam", VideoCodec.H264, 25);
        video.pause(Duration.ofMinutes(1));
        video.record("cam", VideoCodec.H264, 25);

        assertThatThrownBy(() -> numbers("from", time(100), "to", time(200))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> numbers("from", time(100), "seconds", "10")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> numbers("from", "0", "to", "1")).isInstanceOf(NotFoundException.class);
        assertThat(numbers("from", time(100), "seconds", "60")).isEqualTo(range(0, 25));
        assertThat(numbers("from", time(20), "to", time(20))).isEqualTo(List.of(20));
        assertThatThrownBy(() -> numbers("from", time(20), "to", time(19)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("before from");
    }

    @ParameterizedTest
    @CsvSource({"H264,mp4", "H264,ts", "JPEG,mkv"})
    @DisplayName(
            "CR6 CR9 frames without a picture are left out; a source that does not say its size has that of its pictures")
    void leavesOutMetadata(VideoCodec codec, String format) {
        List<Integer> pictures = new ArrayList<>();
        List<List<byte[]>> film = video.film("cam", codec, 60);
        for (int i = 0; i < film.size(); i++) {
            VideoFrame.Builder frame = frame(film.get(i)).setWidth(0).setHeight(0);
            if (i % 10 == 9) {
                video.store(message(film.get(i), frame.setNone(NoneFrame.newBuilder()))
                        .subList(0, 2));
            } else {
                video.store(message(film.get(i), frame));
                pictures.add(i);
            }
        }

        ClipProbe.Content content = ClipProbe.decode(clip("from", "0", "format", format));

        assertThat(content.numbers()).isEqualTo(pictures);
        assertThat(content.width()).isEqualTo(320);
        assertThat(content.height()).isEqualTo(192);
        assertThat(content.pts().get(53) - content.pts().get(0)).isEqualTo(58 * 40);
    }

    private static VideoFrame.Builder frame(List<byte[]> message) {
        try {
            return Message.parseFrom(message.get(1)).getVideoFrame().toBuilder();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<byte[]> message(List<byte[]> message, VideoFrame.Builder frame) {
        byte[] changed = Message.newBuilder()
                .setProtocolVersion("1.15.1")
                .setVideoFrame(frame)
                .build()
                .toByteArray();
        return List.of(message.get(0), changed, message.get(2));
    }

    @ParameterizedTest
    @CsvSource({
        "cam,filename=\"cam_20260101T000001.200Z.mp4\"",
        "hall/1;\"x\",filename=\"hall_1__x__20260101T000001.200Z.mp4\"",
        "../cam,filename=\"__cam_20260101T000001.200Z.mp4\"",
        "Straße,filename=\"Stra_e_20260101T000001.200Z.mp4\"; filename*=UTF-8''Stra%C3%9Fe_20260101T000001.200Z.mp4"
    })
    @DisplayName("CP22 a clip is called after its source and the time of its first frame")
    void namesClips(String source, String name) throws IOException {
        video.record(source, VideoCodec.H264, 45);

        try (InputStream clip = exports.open(query("id", source, "from", time(35)))) {
            assertThat(((ClipStream) clip).disposition()).isEqualTo("attachment; " + name);
        }
    }

    @Test
    @DisplayName("RX11 what cannot be put into the container is not possible before anything is sent")
    void refusesContainer() {
        video.record("cam", VideoCodec.JPEG, 5);

        assertThatThrownBy(() -> numbers("from", "0", "format", "mp4"))
                .isInstanceOf(NotPossibleException.class)
                .hasMessageContaining("jpeg cannot be put into mp4");
        assertThat(numbers("from", "0", "format", "mkv")).isEqualTo(range(0, 5));
    }

    @Test
    @DisplayName("RX11 exports at once are limited; a place is free again when the clip is closed, read or not")
    void limitsExportsAtOnce() throws IOException {
        video.record("cam", VideoCodec.H264, 20);
        InputStream first = exports.open(query("from", "0"));
        InputStream second = exports.open(query("from", "0"));

        assertThatThrownBy(() -> exports.open(query("from", "0")))
                .isInstanceOf(NotReadyException.class)
                .hasMessageContaining("2 exports are running");
        first.close();
        first.close();
        assertThat(numbers("from", "0")).hasSize(20);
        assertThat(second.readAllBytes()).isNotEmpty();
        second.close();
    }

    @Test
    @DisplayName("RX11 a clip ends where the recording ended when it was asked for, however late it is read")
    void endsWhereItWas() throws IOException {
        video.record("cam", VideoCodec.H264, 200);

        try (InputStream clip = exports.open(query("from", "0"))) {
            assertThat(clip.available()).isPositive();
            byte[] beginning = clip.readNBytes(1000);
            video.record("cam", VideoCodec.H264, 50);
            byte[] rest = clip.readAllBytes();
            byte[] all = new byte[beginning.length + rest.length];
            System.arraycopy(beginning, 0, all, 0, beginning.length);
            System.arraycopy(rest, 0, all, beginning.length, rest.length);
            assertThat(ClipProbe.decode(all).numbers()).hasSize(200);
        }
    }

    @Test
    @DisplayName("RX11 however long a clip is, no more than a block of it is in memory")
    void holdsOneBlock() throws IOException {
        video.record("cam", VideoCodec.H264, 500);
        ClipFrames frames = new ClipFrames(
                counting(video.store().read("cam", 0, 1 << 20)),
                new RecordedFrames(),
                RecordedVideo.createdNs(500),
                Optional.empty(),
                500);

        try (ClipStream clip = new ClipStream("clip", "", frames, ClipFormat.MP4, () -> {})) {
            int blocks = 0;
            byte[] part = new byte[1 << 20];
            for (int length = clip.read(part); length >= 0; length = clip.read(part)) {
                // Whole fragments, since a part is longer than these
                blocks += new String(part, 0, length, StandardCharsets.ISO_8859_1).split("moof", -1).length - 1;
                assertThat(polled.get()).isLessThanOrEqualTo((blocks + 2) * BLOCK + LOOKED_AHEAD);
            }
            assertThat(blocks).isEqualTo(500 / BLOCK);
            assertThat(polled).hasValueGreaterThanOrEqualTo(500);
        }
    }

    private FrameReader counting(FrameReader reader) {
        return (FrameReader) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {FrameReader.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("poll")) {
                        polled.incrementAndGet();
                    }
                    return method.invoke(reader, arguments);
                });
    }

    private List<Integer> numbers(Object... parameters) {
        return ClipProbe.decode(clip(parameters)).numbers();
    }

    private byte[] clip(Object... parameters) {
        try (InputStream clip = exports.open(query(parameters))) {
            return clip.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ClipQuery query(Object... parameters) {
        Map<String, Object> given = new HashMap<>(Map.of("id", "cam"));
        for (int i = 0; i < parameters.length; i += 2) {
            given.put(parameters[i].toString(), parameters[i + 1]);
        }
        return queries.clip(given);
    }

    private static String time(int frame) {
        return RecordedVideo.START.plus(RecordedVideo.FRAME.multipliedBy(frame)).toString();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }
}
