/**
 * The Camel component {@code zeromq}: all patterns of ZeroMQ on JeroMQ.
 *
 * <p>From the outside in: {@link routes.component.zeromq.ZeroMqComponent} makes endpoints, whose options live in
 * {@link routes.component.zeromq.ZeroMqConfiguration}. What describes a socket is a {@code SocketSettings};
 * producers (and one consumer) with equal settings get the same {@code SocketOwner} from {@code SharedSockets}. The
 * owner is one thread, the only one that ever touches its socket: others leave an {@code Outgoing} in its
 * {@code OutgoingQueue} and wait until the socket took it. What it reads goes to the {@code Inbox} of the consumer,
 * whose threads run the route; a full inbox stops the reading, and ZeroMQ's high-water marks carry that to the sender.
 *
 * <p>Nothing is durable here. Accepted means that ZeroMQ has the message, not that a peer has it; only a reply (REQ,
 * or DEALER and ROUTER by agreement) says more.
 */
@NullMarked
package routes.component.zeromq;

import org.jspecify.annotations.NullMarked;
