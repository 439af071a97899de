package routes.replay.job.stream;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import routes.replay.protocol.FrameHeader;
import routes.replay.protocol.OutgoingMessage;
import routes.replay.protocol.SavantMessage;

/** A message on its way from the recording to the sink. The nodes of a job's route pass on lists of these. */
public final class JobMessage {

    private static final long NO_ENTRY = -1;

    private final long index;
    private final Optional<SavantMessage> recorded;
    private final OutgoingMessage message;
    private final List<byte[]> data;

    /** Kept, since a message that the sink did not take passes the nodes again. */
    private @Nullable JobMessage rewritten;

    private JobMessage(long index, Optional<SavantMessage> recorded, OutgoingMessage message, List<byte[]> data) {
        this.index = index;
        this.recorded = recorded;
        this.message = message;
        this.data = data;
    }

    /** A message that is not recorded, such as the end of a stream that a job adds. */
    public JobMessage(OutgoingMessage message, List<byte[]> data) {
        this(NO_ENTRY, Optional.empty(), message, data);
    }

    /** A message as it was recorded. */
    static JobMessage recorded(long index, SavantMessage recorded, List<byte[]> data) {
        return new JobMessage(index, Optional.of(recorded), OutgoingMessage.forwarding(recorded), data);
    }

    /** The same entry with another content. */
    public JobMessage with(OutgoingMessage content, List<byte[]> parts) {
        return new JobMessage(index, recorded, content, parts);
    }

    /** Index of its entry in the log of its source; -1 when it is not recorded. */
    public long index() {
        return index;
    }

    /** The header of a video frame, with the timestamps that it is sent with. */
    public Optional<FrameHeader> header() {
        return recorded.flatMap(SavantMessage::header);
    }

    public boolean isKeyframe() {
        return header().filter(FrameHeader::isKeyframe).isPresent();
    }

    /** As recorded before {@code rewrite-frames}, and after it as the sink gets it, but for its number. */
    public OutgoingMessage message() {
        return message;
    }

    /** The data frames that follow the message. */
    public List<byte[]> data() {
        return data;
    }

    /** @return empty for a kind that jobs do not send */
    Optional<JobMessage> rewrittenBy(JobRewriter rewriter) throws AttributeCollisionException {
        if (recorded.isEmpty()) {
            return Optional.of(this);
        }
        if (rewritten == null) {
            rewritten = rewriter.rewrite(recorded.get())
                    .map(content -> with(content, data))
                    .orElse(null);
        }
        return Optional.ofNullable(rewritten);
    }

    long dataBytes() {
        // Asked for several times a frame: a stream would cost more than the sum
        long bytes = 0;
        for (byte[] part : data) {
            bytes += part.length;
        }
        return bytes;
    }

    /** Roughly all that is sent. */
    long bytes() {
        return message.envelope().getSerializedSize() + dataBytes();
    }
}
