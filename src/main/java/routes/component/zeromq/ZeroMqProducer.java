package routes.component.zeromq;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** Sends the body and waits until the socket accepted it, or for the reply. */
@ManagedResource(description = "Managed zeromq producer")
public class ZeroMqProducer extends DefaultProducer {

    private final ZeroMqConfiguration options;
    private final SocketSettings settings;
    private final ZeroMqFrames frames;
    private final Duration sendPatience;
    private final Duration replyPatience;

    private volatile @Nullable SocketOwner socket;
    private @Nullable ZeroMqHealthCheck health;

    ZeroMqProducer(ZeroMqEndpoint endpoint, SocketSettings settings) {
        super(endpoint);
        this.options = endpoint.getConfiguration();
        this.settings = settings;
        this.frames = new ZeroMqFrames(options.getBodyType());
        this.sendPatience = SocketOwner.patience("sendTimeout", options.getSendTimeout());
        this.replyPatience = SocketOwner.patience("receiveTimeout", options.getReceiveTimeout());
    }

    @Override
    public ZeroMqEndpoint getEndpoint() {
        return (ZeroMqEndpoint) super.getEndpoint();
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        SocketOwner owner = Objects.requireNonNull(socket, "The producer is not started");
        List<byte[]> message = message(exchange);
        if (!wantsReply(exchange)) {
            owner.send(message, sendPatience);
            return;
        }
        Object reply = frames.body(owner.request(message, sendPatience, replyPatience));
        if (exchange.getPattern().isOutCapable()) {
            exchange.getMessage().setBody(reply);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        SocketOwner owner = getEndpoint().getComponent().sockets().acquire(settings);
        socket = owner;
        addHealthCheck();
    }

    @Override
    protected void doStop() throws Exception {
        SocketOwner old = socket;
        removeHealthCheck();
        if (old != null) {
            socket = null;
            getEndpoint().getComponent().sockets().release(old);
        }
        super.doStop();
    }

    @ManagedAttribute(description = "What the socket is bound or connected to; empty while it is not open")
    public String getEndpoints() {
        return owner().map(owner -> String.join(",", owner.endpoints())).orElse("");
    }

    @ManagedAttribute(description = "Connections")
    public int getPeers() {
        return owner().map(owner -> owner.statistics().peers()).orElse(0);
    }

    @ManagedAttribute(description = "Messages that wait for the socket, of all producers that share it")
    public int getQueuedMessages() {
        return owner().map(SocketOwner::queuedMessages).orElse(0);
    }

    @ManagedAttribute(description = "Bytes of these")
    public long getQueuedBytes() {
        return owner().map(SocketOwner::queuedBytes).orElse(0L);
    }

    @ManagedAttribute(description = "Messages accepted by the socket, of all producers that share it")
    public long getSent() {
        return count(SocketOutcome.SENT);
    }

    @ManagedAttribute(description = "Messages known to have been dropped, for full or unknown peers")
    public long getDropped() {
        return count(SocketOutcome.DROPPED_FULL) + count(SocketOutcome.DROPPED_UNROUTABLE);
    }

    @ManagedAttribute(description = "Messages not accepted in time")
    public long getSendTimeouts() {
        return count(SocketOutcome.SEND_TIMED_OUT);
    }

    @ManagedAttribute(description = "Replies that did not come in time")
    public long getReplyTimeouts() {
        return count(SocketOutcome.REPLY_TIMED_OUT);
    }

    @ManagedAttribute(description = "What keeps the socket from being open; empty when nothing does")
    public String getTrouble() {
        return owner().flatMap(SocketOwner::trouble).orElse("");
    }

    Optional<SocketOwner> owner() {
        return Optional.ofNullable(socket);
    }

    private long count(SocketOutcome outcome) {
        return owner().map(owner -> owner.statistics().get(outcome)).orElse(0L);
    }

    /** Only heard where the repository of producers is switched on in Camel. */
    private void addHealthCheck() {
        WritableHealthCheckRepository repository = HealthCheckHelper.getHealthCheckRepository(
                getEndpoint().getCamelContext(), "producers", WritableHealthCheckRepository.class);
        if (repository != null) {
            ZeroMqHealthCheck check = new ZeroMqHealthCheck(
                    "producer:zeromq:" + settings.name(), settings.name(), () -> owner().flatMap(SocketOwner::trouble));
            check.setEnabled(getEndpoint().getComponent().isHealthCheckProducerEnabled());
            repository.addHealthCheck(check);
            health = check;
        }
    }

    private void removeHealthCheck() {
        ZeroMqHealthCheck check = health;
        WritableHealthCheckRepository repository = HealthCheckHelper.getHealthCheckRepository(
                getEndpoint().getCamelContext(), "producers", WritableHealthCheckRepository.class);
        if (check != null && repository != null) {
            repository.removeHealthCheck(check);
        }
        health = null;
    }

    /** REQ cannot go on without its reply, whether the route wants it or not. */
    private boolean wantsReply(Exchange exchange) {
        boolean canReply = settings.type() == ZeroMqSocketType.DEALER || settings.type() == ZeroMqSocketType.PAIR;
        return settings.type() == ZeroMqSocketType.REQ
                || canReply && exchange.getPattern().isOutCapable();
    }

    private List<byte[]> message(Exchange exchange) {
        List<byte[]> body = frames.frames(exchange, exchange.getMessage().getBody());
        if (settings.type() != ZeroMqSocketType.ROUTER) {
            return body;
        }
        Object peer = exchange.getMessage().getHeader(ZeroMqConstants.ROUTING_ID);
        if (peer == null) {
            throw new IllegalArgumentException(
                    "To whom? A ROUTER needs the header " + ZeroMqConstants.ROUTING_ID + " (" + settings.name() + ")");
        }
        List<byte[]> message = new ArrayList<>(body.size() + 1);
        message.add(frames.frame(exchange, peer));
        message.addAll(body);
        return message;
    }
}
