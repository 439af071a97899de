package routes.component.zeromq;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import routes.component.zeromq.socket.ZeroMqSocketType;

/** Makes exchanges of what a socket received, and replies of exchanges: for single messages or for batches. */
final class ConsumerExchanges {

    private final ZeroMqSocketType type;
    private final boolean batches;
    private final ZeroMqFrames frames;
    private final byte[] failureReply;
    private final Supplier<Exchange> newExchange;

    ConsumerExchanges(ZeroMqSocketType type, ZeroMqConfiguration options, Supplier<Exchange> newExchange) {
        this.type = type;
        this.batches = options.getBatchSize() > 1;
        this.frames = new ZeroMqFrames(options.getBodyType());
        this.failureReply = options.getFailureReply().getBytes(StandardCharsets.UTF_8);
        this.newExchange = newExchange;
    }

    /** @param messages a single one where there are no batches */
    Exchange exchange(List<List<byte[]>> messages) {
        Exchange exchange = newExchange.get();
        if (type == ZeroMqSocketType.REP) {
            exchange.setPattern(ExchangePattern.InOut);
        }
        if (batches) {
            exchange.getIn().setBody(new ZeroMqBatch(messages));
        } else {
            fill(exchange.getIn(), messages.get(0));
        }
        return exchange;
    }

    private void fill(Message in, List<byte[]> message) {
        boolean router = type == ZeroMqSocketType.ROUTER;
        if (router) {
            in.setHeader(ZeroMqConstants.ROUTING_ID, message.get(0));
        }
        in.setBody(frames.body(router ? message.subList(1, message.size()) : message));
    }

    boolean isAnswered(Exchange exchange) {
        return type == ZeroMqSocketType.REP || exchange.getPattern().isOutCapable();
    }

    /**
     * What goes back: one reply to a single message, to a batch as many as the route made. When the exchange failed, or what
     * it made cannot be sent, every peer gets the reply for failures.
     *
     * @param messages of the exchange
     */
    List<List<byte[]>> replies(Exchange exchange, List<List<byte[]>> messages) {
        if (!exchange.isFailed() && !exchange.isRollbackOnly()) {
            try {
                return madeByRoute(exchange, messages);
            } catch (RuntimeException e) {
                exchange.setException(e);
            }
        }
        return messages.stream()
                .map(message -> reply(message, List.of(failureReply)))
                .toList();
    }

    private List<List<byte[]>> madeByRoute(Exchange exchange, List<List<byte[]>> messages) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof ZeroMqBatch replies && batches) {
            return replies.messages();
        }
        // Nobody could tell which of several messages it answers
        if (messages.size() > 1) {
            throw new IllegalArgumentException("The reply to a batch of several messages must be a ZeroMqBatch, not "
                    + (body == null ? "nothing" : body.getClass().getName()));
        }
        return List.of(reply(messages.get(0), frames.frames(exchange, body)));
    }

    private List<byte[]> reply(List<byte[]> message, List<byte[]> reply) {
        return type == ZeroMqSocketType.ROUTER
                ? Stream.concat(Stream.of(message.get(0)), reply.stream()).toList()
                : reply;
    }
}
