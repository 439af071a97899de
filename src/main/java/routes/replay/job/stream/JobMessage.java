package routes.replay.job.stream;

import java.util.List;

import routes.replay.protocol.OutgoingMessage;

/**
 * What a job sends next.
 *
 * @param data frames behind the message
 */
public record JobMessage(OutgoingMessage message, List<byte[]> data) {

    long dataBytes() {
        // Asked for several times a frame: a stream would cost more than the sum
        long bytes = 0;
        for (byte[] part : data) {
            bytes += part.length;
        }
        return bytes;
    }

    /** All that is sent, about. */
    long bytes() {
        return message.envelope().getSerializedSize() + dataBytes();
    }
}
