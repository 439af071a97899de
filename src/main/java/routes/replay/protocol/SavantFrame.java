package routes.replay.protocol;

import java.util.List;

import com.google.protobuf.ByteString;
import routes.replay.savant.Attribute;
import routes.replay.savant.VideoObject;

/**
 * The content of a video frame message, decoded and checked, of either generation.
 *
 * <p>The two implementations are twins: Protobuf generates two classes without a common type, and to read the fields
 * that they share by descriptor would cost more on every frame than the few lines here and in {@link GenerationTranslator}.
 */
public sealed interface SavantFrame permits FrameOfGeneration1, FrameOfGeneration2 {

    FrameHeader header();

    /** Those of the frame itself, not those of its objects. */
    List<Attribute> attributes();

    List<VideoObject> objects();

    ByteString encoded();

    /** The same at another presentation time, in units of its time base; its decoding time moves with it. */
    SavantFrame shownAt(long pts);

    /** Encodes it with another source id and other attributes; everything else stays, unknown fields too. */
    ByteString with(String sourceId, List<Attribute> attributes);
}
