package routes.component.zeromq;

import java.util.List;

/**
 * A body of several messages that go one after the other in one exchange, which costs less than an exchange for each.
 *
 * <p>To a producer: the exchange goes on as soon as the socket has no room for more. The header
 * {@link ZeroMqConstants#ACCEPTED} says how many it accepted, at least one of them, and the rest is to be sent again. It fails
 * where a single message would, if the first is not accepted in time. No reply is waited for.
 *
 * <p>From a consumer with {@code batchSize} above 1: what has arrived, in its order. Messages of a ROUTER begin with the
 * routing id of their peer, and so do its replies, for which the route makes a batch, too.
 *
 * @param messages frames of each; without messages nothing is sent
 */
public record ZeroMqBatch(List<List<byte[]>> messages) {}
