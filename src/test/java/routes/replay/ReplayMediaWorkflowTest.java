package routes.replay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.google.protobuf.InvalidProtocolBufferException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import routes.component.framestore.api.EntryInfo;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.NewEntry;
import routes.platform.media.ClipProbe;
import routes.platform.media.PatternReader;
import routes.platform.media.SyntheticCamera;
import routes.platform.media.VideoCodec;
import routes.replay.demo.SampleCamera;
import routes.replay.job.JobIds;
import routes.replay.protocol.FrameHeader;
import routes.replay.protocol.FrameId;
import routes.replay.savant.ExternalFrame;
import routes.replay.savant.generation1.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Pictures and clips of recordings, over HTTP. */
class ReplayMediaWorkflowTest extends ReplayWorkflow {

    /** Frames of a film that does not fit into buffers. */
    private static final int LONG = 90;

    /** Together more than any buffer on the way has; each below what G1 keeps apart and clears away late. */
    private static final int PADDING = 400_000;

    @Autowired
    ReplayProperties properties;

    private final List<InputStream> answers = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final PatternReader pattern = new PatternReader();

    @Test
    @DisplayName("RX10 GET …/keyframes/{uuid}/thumbnail answers with the picture")
    void thumbnail() {
        List<FrameId> keyframes = record("thumb-1", film("thumb-1", 15));
        String path = "/sources/thumb-1/keyframes/" + keyframes.get(1) + "/thumbnail";

        HttpResponse<byte[]> jpeg = fetch(path);
        HttpResponse<byte[]> png = fetch(path + "?format=png&width=100");

        assertThat(jpeg.statusCode()).isEqualTo(200);
        assertThat(jpeg.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(pattern.number(jpeg.body())).isEqualTo(10);
        assertThat(pattern.image(jpeg.body()).getWidth()).isEqualTo(320);
        assertThat(png.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(pattern.image(png.body()).getWidth()).isEqualTo(100);
    }

    @Test
    @DisplayName("CP9 pictures and clips of a source whose id has a slash are had with its id in the query")
    void sourceInQuery() {
        List<FrameId> keyframes = record("rtsp://10.0.0.7/a%b", film("rtsp://10.0.0.7/a%b", 15));
        String id = "?id=rtsp%3A%2F%2F10.0.0.7%2Fa%25b";

        assertThat(pattern.number(fetch("/source/keyframes/" + keyframes.get(1) + "/thumbnail" + id)
                        .body()))
                .isEqualTo(10);
        HttpResponse<byte[]> clip = fetch("/source/clip" + id + "&from=0&format=mkv");
        assertThat(clip.statusCode()).isEqualTo(200);
        assertThat(clip.body()).hasSizeGreaterThan(1000);
    }

    @Test
    @DisplayName("RX10 RX11 what is not there, or not possible, is answered with a problem")
    void problems() {
        List<FrameId> keyframes = record("problem-1", film("problem-1", VideoCodec.JPEG, 3));
        String keyframe = "/sources/problem-1/keyframes/" + keyframes.get(0) + "/thumbnail";

        assertThat(status("/sources/problem-2/keyframes/" + keyframes.get(0) + "/thumbnail"))
                .isEqualTo(404);
        assertThat(status("/sources/problem-2/clip?from=0")).isEqualTo(404);
        assertThat(status(keyframe + "?width=1")).isEqualTo(400);
        assertThat(status(keyframe + "?format=gif")).isEqualTo(400);
        assertThat(status("/sources/problem-1/clip")).isEqualTo(400);
        assertThat(status("/sources/problem-1/clip?from=5&to=4"))
                .as("CR9 reversed range")
                .isEqualTo(400);
        assertThat(status("/sources/problem-1/clip?from=4&to=5"))
                .as("CR9 empty range")
                .isEqualTo(404);
        HttpResponse<byte[]> refusal = fetch("/sources/problem-1/clip?from=0&format=mp4");
        assertThat(refusal.statusCode()).isEqualTo(422);
        assertThat(refusal.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(new String(refusal.body(), StandardCharsets.UTF_8)).contains("jpeg cannot be put into mp4");
    }

    @Test
    @DisplayName("RX11 GET …/clip streams the clip")
    void clip() {
        record("clip-1", film("clip-1", 40));

        for (String format : List.of("mp4", "mkv", "ts")) {
            HttpResponse<byte[]> answer = fetch("/sources/clip-1/clip?from=0&format=" + format);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("video/");
            assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
            assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                    .as("CP22")
                    .matches("attachment; filename=\"clip-1_[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z\\." + format + "\"");
            assertThat(ClipProbe.decode(answer.body()).numbers())
                    .isEqualTo(IntStream.range(0, 40).boxed().toList());
        }
    }

    @Test
    @DisplayName("RX11 a clip that fails in the middle breaks the connection, and leaves its place to others")
    void failsInTheMiddle() throws Exception {
        List<List<byte[]>> messages = new ArrayList<>(film("broken-1", 60));
        messages.set(50, elsewhere(messages.get(50)));
        record("broken-1", messages);
        record("broken-2", film("broken-2", 10));

        for (int i = 0; i < 6; i++) {
            HttpResponse<InputStream> answer =
                    http.send(request("/sources/broken-1/clip?from=0"), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> answer.body().readAllBytes()).isInstanceOf(IOException.class);
        }
        awaitFreePlaces("broken-2");
    }

    @Test
    @DisplayName("RX11 a clip whose first picture is elsewhere is refused with a problem")
    void failsAtOnce() {
        List<List<byte[]>> messages = new ArrayList<>(film("broken-3", 10));
        messages.set(0, elsewhere(messages.get(0)));
        record("broken-3", messages);

        HttpResponse<byte[]> refusal = fetch("/sources/broken-3/clip?from=0");

        assertThat(refusal.statusCode()).isEqualTo(422);
        assertThat(new String(refusal.body(), StandardCharsets.UTF_8)).contains("has its picture outside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp4", "mkv", "ts"})
    @DisplayName("RX11 a client has the beginning of a clip before its last frames are even read")
    void streams(String format) throws Exception {
        String source = "long-" + format;
        List<List<byte[]>> film = film(source, LONG);
        record(source, padded(film));

        HttpResponse<InputStream> answer = http.send(
                request("/sources/" + source + "/clip?from=0&format=" + format),
                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream clip = answer.body()) {
            byte[] first = clip.readNBytes(100);
            // More of the recording is left than fits between here and the store, so these were not read yet
            stores.get().delete(source, LONG - 10, LONG);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.write(first);
            clip.transferTo(all);

            assertThat(ClipProbe.decode(all.toByteArray()).numbers())
                    .isEqualTo(IntStream.range(0, LONG - 10).boxed().toList());
        }
    }

    @Test
    @DisplayName("RX11 clients that hang up leave their places to others")
    void hangsUp() throws Exception {
        record("left-1", padded(film("left-1", LONG)));
        record("left-2", film("left-2", 10));

        for (int i = 0; i < properties.media().exportsAtOnce(); i++) {
            HttpResponse<InputStream> answer =
                    http.send(request("/sources/left-1/clip?from=0"), HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            answer.body().readNBytes(100);
            answers.add(answer.body());
        }
        assertThat(status("/sources/left-2/clip?from=0")).isEqualTo(503);
        for (InputStream answer : answers) {
            answer.close();
        }
        awaitFreePlaces("left-2");
    }

    /** The server frees a place when it has noticed that the connection is gone. */
    private void awaitFreePlaces(String source) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> status("/sources/" + source + "/clip?from=0"), status -> status == 200);
    }

    /** Each picture with bytes that decoders skip. */
    private static List<List<byte[]>> padded(List<List<byte[]>> film) {
        return film.stream()
                .map(message -> Stream.concat(
                                message.subList(0, message.size() - 1).stream(),
                                Stream.of(padded(message.get(message.size() - 1))))
                        .toList())
                .toList();
    }

    private static byte[] padded(byte[] picture) {
        byte[] padded = Arrays.copyOf(picture, picture.length + PADDING);
        Arrays.fill(padded, picture.length, padded.length, (byte) 0xff);
        // A NAL unit of filler data, with its end
        System.arraycopy(new byte[] {0, 0, 0, 1, 12}, 0, padded, picture.length, 5);
        padded[padded.length - 1] = (byte) 0x80;
        return padded;
    }

    private static List<byte[]> elsewhere(List<byte[]> message) {
        try {
            Message.Builder changed = Message.parseFrom(message.get(1)).toBuilder();
            changed.getVideoFrameBuilder()
                    .setExternal(ExternalFrame.newBuilder().setMethod("redis").setLocation("key"));
            return List.of(message.get(0), changed.build().toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<List<byte[]>> film(String sourceId, int frames) {
        return film(sourceId, VideoCodec.H264, frames);
    }

    private static List<List<byte[]>> film(String sourceId, VideoCodec codec, int frames) {
        SyntheticCamera.Settings settings = new SyntheticCamera.Settings(codec, 320, 192, 25, 10);
        List<List<byte[]>> messages = new ArrayList<>();
        JobIds ids = new JobIds(Clock.systemUTC(), new Random());
        try (SampleCamera camera = new SampleCamera(sourceId, "1.15.1", settings, ids, Clock.systemUTC())) {
            for (int i = 0; i < frames; i++) {
                messages.add(camera.next());
            }
        }
        return messages;
    }

    /** @return the ids of the keyframes */
    private List<FrameId> record(String sourceId, List<List<byte[]>> messages) {
        List<FrameId> keyframes = new ArrayList<>();
        List<NewEntry> entries = new ArrayList<>();
        for (List<byte[]> message : messages) {
            FrameHeader header = RecordedVideo.header(message.get(1));
            BigInteger created = header.creationTimestampNs();
            UUID uuid = header.id().toUuid();
            EntryKind kind = header.isKeyframe() ? EntryKind.KEYFRAME : EntryKind.FRAME;
            entries.add(new NewEntry(
                    new EntryInfo(sourceId, kind, uuid, created, null),
                    message.get(0),
                    message.subList(1, message.size())));
            if (header.isKeyframe()) {
                keyframes.add(header.id());
            }
        }
        try {
            stores.get().append(entries).get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return keyframes;
    }

    private int status(String path) {
        return fetch(path).statusCode();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + API + path))
                .build();
    }

    private HttpResponse<byte[]> fetch(String path) {
        try {
            return http.send(request(path), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
