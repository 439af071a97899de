package routes.replay.media;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

import com.google.protobuf.ByteString;
import routes.platform.NotPossibleException;
import routes.platform.media.EncodedFrame;
import routes.platform.media.VideoCodec;
import routes.platform.media.picture.EncodedPicture;
import routes.replay.job.stream.FrameTiming;
import routes.replay.protocol.FrameHeader;
import routes.replay.protocol.SavantFrame;

/**
 * A stored video frame together with its picture, as far as it is in the store.
 *
 * @param frame as decoded
 * @param parts of the message behind the topic; the first is the frame itself
 */
record RecordedFrame(SavantFrame frame, List<byte[]> parts) {

    /** The picture is a part of the message; the only place that Savant's transport itself uses. */
    private static final String IN_THE_MESSAGE = "zeromq";

    FrameHeader header() {
        return frame.header();
    }

    /**
     * @throws NotPossibleException the picture is not in the store, or of a codec nobody here knows
     */
    EncodedPicture picture() {
        return new EncodedPicture(
                codec(), header().width(), header().height(), data().orElseThrow(() -> problem("has no picture")));
    }

    /**
     * Empty for a frame that is metadata only, as conditional encoding makes them.
     *
     * @throws NotPossibleException the picture is not in the store, or of a codec nobody here knows
     */
    Optional<EncodedFrame> encoded() {
        return data().map(this::encoded);
    }

    private EncodedFrame encoded(byte[] data) {
        FrameHeader header = header();
        BigInteger created = header.creationTimestampNs();
        return new EncodedFrame(
                codec(),
                header.width(),
                header.height(),
                header.timeBase().numerator(),
                header.timeBase().denominator(),
                header.pts(),
                FrameTiming.of(header).length(),
                created.bitLength() < Long.SIZE ? created.longValue() : null,
                header.isKeyframe(),
                data);
    }

    private VideoCodec codec() {
        String name = header().codec().orElseThrow(() -> problem("does not say how its picture is encoded"));
        return VideoCodec.of(name).orElseThrow(() -> problem("has a picture in " + name + ", which is not known here"));
    }

    private Optional<byte[]> data() {
        return frame.internal().map(ByteString::toByteArray).or(() -> frame.external()
                .map(outside -> external(outside.getMethod())));
    }

    private byte[] external(String method) {
        if (!method.equals(IN_THE_MESSAGE)) {
            throw problem("has its picture outside, by " + method + ", and not in this store");
        }
        if (parts.size() < 2) {
            throw problem("was recorded without its picture");
        }
        return parts.get(1);
    }

    private NotPossibleException problem(String what) {
        return new NotPossibleException("Frame " + header().id() + " of " + header().sourceId() + " " + what);
    }
}
