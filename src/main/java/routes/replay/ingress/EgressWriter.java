package routes.replay.ingress;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.replay.protocol.SavantWriter;
import routes.replay.socket.WriterType;

/** Writes forwarded messages for the egress, and checks the replies. */
public final class EgressWriter {

    private static final Logger LOG = LoggerFactory.getLogger(EgressWriter.class);

    private final SavantWriter writer;

    EgressWriter(WriterType type) {
        this.writer = new SavantWriter(type);
    }

    public List<byte[]> frames(Forwarding forwarding) {
        return writer.frames(forwarding.message(), forwarding.topic(), forwarding.data());
    }

    public boolean awaitsReply(Forwarding forwarding) {
        return writer.awaitsReply(forwarding.message());
    }

    /**
     * A receiver that answers something else than it should would do so again: it is logged, not tried again.
     *
     * @param reply what was sent, where no reply is awaited
     */
    public void check(Forwarding forwarding, List<byte[]> reply) {
        if (awaitsReply(forwarding) && !writer.isAcknowledged(forwarding.message(), reply)) {
            LOG.warn(
                    "The receiver of {} did not acknowledge the end of the stream with OK",
                    forwarding.message().sourceId().orElse("no source"));
        }
    }
}
