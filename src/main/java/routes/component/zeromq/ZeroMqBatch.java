package routes.component.zeromq;

import java.util.List;

/**
 * A body of several messages that go one after the other in one exchange, which costs less than an exchange for each.
 * The exchange goes on as soon as the socket has no room for more: the header {@link ZeroMqConstants#ACCEPTED} says how
 * many it accepted, at least one, and the rest is to be sent again. It fails where a single message would, if the
 * first is not accepted in time. Batches are not answered.
 *
 * @param messages frames of each; at least one message
 */
public record ZeroMqBatch(List<List<byte[]>> messages) {

    /** @throws IllegalArgumentException there is no message */
    public ZeroMqBatch {
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("A batch needs a message");
        }
    }
}
