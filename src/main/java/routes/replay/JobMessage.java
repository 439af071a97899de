package routes.replay;

import java.util.List;

/**
 * What a job sends next.
 *
 * @param data frames behind the message
 */
record JobMessage(OutgoingMessage message, List<byte[]> data) {

    long dataBytes() {
        return data.stream().mapToLong(part -> part.length).sum();
    }

    /** All that is sent, about. */
    long bytes() {
        return message.envelope().getSerializedSize() + dataBytes();
    }
}
