package routes.replay;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.zeromq.ZMQ;
import routes.replay.savant.EndOfStream;
import routes.replay.savant.ExternalFrame;
import routes.replay.savant.generation1.Message;
import routes.replay.savant.generation1.VideoFrame;

/**
 * Messages of one source, as a Savant source would send them over dealer: topic, message, picture. A frame follows from
 * its number, so whoever receives one can tell which it is, and whether it is whole.
 */
final class SavantSource {

    static final int FRAMES_PER_SECOND = 25;
    static final int TICKS_PER_FRAME = 90_000 / FRAMES_PER_SECOND;
    private static final long FIRST_MILLISECOND = 1_767_225_600_000L;

    private final String id;
    private final int framesPerBlock;
    private final byte[] topic;
    private final byte[] picture;

    SavantSource(String id, int framesPerBlock, int pictureBytes) {
        this.id = id;
        this.framesPerBlock = framesPerBlock;
        this.topic = id.getBytes(StandardCharsets.UTF_8);
        this.picture = new byte[pictureBytes];
        new Random(id.hashCode()).nextBytes(picture);
    }

    String id() {
        return id;
    }

    byte[] picture() {
        return picture;
    }

    /** A UUID of version 7 whose lower half is the frame's number. */
    static UUID uuid(long number) {
        long milliseconds = FIRST_MILLISECOND + number * 1_000 / FRAMES_PER_SECOND;
        return new UUID(milliseconds << 16 | 0x7000, 0x8000_0000_0000_0000L | number);
    }

    /** The number of the frame with a UUID. */
    static long number(String uuid) {
        return UUID.fromString(uuid).getLeastSignificantBits() & 0x3fff_ffff_ffff_ffffL;
    }

    boolean isKeyframe(long number) {
        return number % framesPerBlock == 0;
    }

    List<byte[]> frame(long number) {
        VideoFrame frame = VideoFrame.newBuilder()
                .setSourceId(id)
                .setUuid(uuid(number).toString())
                .setCreationTimestampNsLow((FIRST_MILLISECOND + number * 1_000 / FRAMES_PER_SECOND) * 1_000_000)
                .setFramerate(FRAMES_PER_SECOND + "/1")
                .setWidth(1_920)
                .setHeight(1_080)
                .setCodec("h264")
                .setKeyframe(isKeyframe(number))
                .setTimeBaseNumerator(1)
                .setTimeBaseDenominator(90_000)
                .setPts(number * TICKS_PER_FRAME)
                .setDts(number * TICKS_PER_FRAME)
                .setDuration(TICKS_PER_FRAME)
                .setExternal(ExternalFrame.newBuilder().setMethod("zeromq"))
                .build();
        return List.of(topic, envelope(number + 1).setVideoFrame(frame).build().toByteArray(), picture);
    }

    List<byte[]> endOfStream(long sequence) {
        return List.of(
                topic,
                envelope(sequence)
                        .setEndOfStream(EndOfStream.newBuilder().setSourceId(id))
                        .build()
                        .toByteArray());
    }

    /** As one message. */
    static void send(ZMQ.Socket socket, List<byte[]> parts) {
        for (int part = 0; part < parts.size(); part++) {
            socket.send(parts.get(part), part < parts.size() - 1 ? ZMQ.SNDMORE : 0);
        }
    }

    private Message.Builder envelope(long sequence) {
        return Message.newBuilder()
                .setProtocolVersion("1.15.1")
                .setSeqId(sequence)
                .setSystemId("source-of-" + id);
    }
}
