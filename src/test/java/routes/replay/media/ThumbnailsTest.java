package routes.replay.media;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.platform.InvalidInputException;
import routes.platform.NotFoundException;
import routes.platform.NotPossibleException;
import routes.platform.NotReadyException;
import routes.platform.media.PatternReader;
import routes.platform.media.VideoCodec;
import routes.platform.media.picture.PictureLimits;
import routes.platform.media.picture.PictureRenderer;
import routes.replay.RecordedVideo;
import routes.replay.protocol.FrameId;
import routes.replay.savant.ExternalFrame;
import routes.replay.savant.NoneFrame;
import routes.replay.savant.generation1.Message;
import routes.replay.savant.generation1.VideoFrame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Pictures of what is in a store. */
class ThumbnailsTest {

    @TempDir
    Path directory;

    private final MediaQueries queries = new MediaQueries();
    private final PatternReader pattern = new PatternReader();
    private final ConcurrencyLimit limit = new ConcurrencyLimit("thumbnails", 1, Duration.ZERO);
    private RecordedVideo video;
    private Thumbnails thumbnails;

    @BeforeEach
    void open() {
        video = new RecordedVideo(directory);
        thumbnails = new Thumbnails(video::store, new PictureRenderer(PictureLimits.DEFAULT), limit);
    }

    @AfterEach
    void close() {
        video.close();
    }

    @Test
    @DisplayName("RX10 the thumbnail of a keyframe shows that frame and no other")
    void showsTheKeyframe() {
        List<FrameId> keyframes = video.record("cam", VideoCodec.H264, 25);

        for (int i = 0; i < keyframes.size(); i++) {
            byte[] file = thumbnails.render(query("cam", keyframes.get(i).toString(), "png", 160));
            assertThat(pattern.number(file)).isEqualTo(i * 10);
            assertThat(pattern.image(file).getWidth()).isEqualTo(160);
        }
        assertThat(keyframes).hasSize(3);
    }

    @Test
    @DisplayName("RX10 a picture inside the frame is shown as well")
    void showsInternalPictures() {
        List<byte[]> message = video.film("cam", VideoCodec.JPEG, 1).get(0);
        FrameId id = store(message, frame(message).setInternal(ByteString.copyFrom(message.get(2))))
                .orElseThrow();

        assertThat(pattern.number(thumbnails.render(query("cam", id.toString(), "jpeg", 320))))
                .isZero();
    }

    @Test
    @DisplayName("RX10 unknown sources, keyframes and frames that are none are not found")
    void findsNothing() {
        FrameId id = video.record("cam", VideoCodec.H264, 3).get(0);

        assertThatThrownBy(() -> thumbnails.render(query("other", id.toString(), "jpeg", 160)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(
                        () -> thumbnails.render(query("cam", UUID.randomUUID().toString(), "jpeg", 160)))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> query("cam", "none", "jpeg", 160)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("RX10 a keyframe whose picture is elsewhere, absent, unknown or damaged is not possible that says why")
    void saysWhyThereIsNoPicture() {
        List<byte[]> message = video.film("cam", VideoCodec.JPEG, 1).get(0);
        VideoFrame.Builder frame = frame(message);

        assertThat(refusal(
                        message,
                        frame.clone()
                                .setExternal(ExternalFrame.newBuilder()
                                        .setMethod("redis")
                                        .setLocation("a"))))
                .contains("outside, by redis");
        assertThat(refusal(message, frame.clone().setNone(NoneFrame.newBuilder())))
                .contains("has no picture");
        assertThat(refusal(message, frame.clone().setCodec("theora"))).contains("theora");
        assertThat(refusal(message, frame.clone().clearCodec())).contains("how its picture is encoded");
        assertThat(refusal(message, frame.clone().setCodec("png"))).contains("no png picture");
        assertThat(refusal(message.subList(0, 2), frame.clone())).contains("recorded without its picture");
    }

    @Test
    @DisplayName("RX10 more pictures at once than allowed are refused, and a failure frees its place")
    void limitsWorkAtOnce() {
        List<byte[]> message = video.film("cam", VideoCodec.JPEG, 1).get(0);
        FrameId damaged = store(message, frame(message).setCodec("h264")).orElseThrow();
        FrameId sound = video.record("cam", VideoCodec.JPEG, 1).get(0);

        assertThatThrownBy(() -> thumbnails.render(query("cam", damaged.toString(), "jpeg", 160)))
                .isInstanceOf(NotPossibleException.class);
        assertThat(thumbnails.render(query("cam", sound.toString(), "jpeg", 160)))
                .isNotEmpty();
        limit.enter();
        assertThatThrownBy(() -> thumbnails.render(query("cam", sound.toString(), "jpeg", 160)))
                .isInstanceOf(NotReadyException.class)
                .hasMessageContaining("1 thumbnails");
    }

    private String refusal(List<byte[]> message, VideoFrame.Builder frame) {
        FrameId id = store(message, frame.setUuid(UUID.randomUUID().toString())).orElseThrow();
        try {
            thumbnails.render(query("cam", id.toString(), "jpeg", 160));
        } catch (NotPossibleException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("A picture was made of " + id);
    }

    private Optional<FrameId> store(List<byte[]> message, VideoFrame.Builder frame) {
        byte[] changed = Message.newBuilder()
                .setProtocolVersion("1.15.1")
                .setVideoFrame(frame)
                .build()
                .toByteArray();
        return video.store(
                message.size() > 2
                        ? List.of(message.get(0), changed, message.get(2))
                        : List.of(message.get(0), changed));
    }

    private static VideoFrame.Builder frame(List<byte[]> message) {
        try {
            return Message.parseFrom(message.get(1)).getVideoFrame().toBuilder();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private ThumbnailQuery query(String sourceId, String uuid, String format, int width) {
        return queries.thumbnail(Map.of("id", sourceId, "uuid", uuid, "format", format, "width", width));
    }
}
