package routes.component.zeromq;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;
import routes.component.zeromq.socket.SocketOutcome;
import routes.component.zeromq.socket.SocketOwner;
import routes.component.zeromq.socket.SocketSettings;
import routes.component.zeromq.socket.ZeroMqSocketType;

/** Sends the body. The exchange goes on when the socket accepted it, or with the reply; no thread waits for that. */
@ManagedResource(description = "Managed zeromq producer")
public class ZeroMqProducer extends DefaultAsyncProducer {

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
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<?> done = start(exchange);
        // A transaction belongs to its thread.
        if (done.isDone() || exchange.isTransacted()) {
            await(done, exchange);
            callback.done(true);
            return true;
        }
        done.whenCompleteAsync(
                (nothing, failure) -> {
                    if (failure != null) {
                        exchange.setException(cause(failure));
                    }
                    callback.done(false);
                },
                getEndpoint().getComponent().sockets().callbacks());
        return false;
    }

    private CompletableFuture<?> start(Exchange exchange) {
        try {
            SocketOwner owner = Objects.requireNonNull(socket, "The producer is not started");
            if (exchange.getMessage().getBody() instanceof ZeroMqBatch batch) {
                return send(batch, owner, exchange);
            }
            List<byte[]> message = message(exchange);
            return wantsReply(exchange)
                    ? owner.request(message, sendPatience, replyPatience).thenAccept(reply -> take(reply, exchange))
                    : owner.send(List.of(message), sendPatience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CompletableFuture.failedFuture(e);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<?> send(ZeroMqBatch batch, SocketOwner owner, Exchange exchange)
            throws InterruptedException {
        if (batch.messages().isEmpty()) {
            exchange.getMessage().setHeader(ZeroMqConstants.ACCEPTED, 0);
            return CompletableFuture.completedFuture(null);
        }
        if (wantsReply(exchange) || settings.type() == ZeroMqSocketType.REP) {
            throw new IllegalArgumentException("A batch cannot be answered: send its messages one by one, or without"
                    + " waiting for a reply (" + settings.name() + ")");
        }
        List<List<byte[]>> messages = new ArrayList<>(batch.messages().size());
        for (List<byte[]> message : batch.messages()) {
            messages.add(addressed(exchange, message));
        }
        return owner.send(messages, sendPatience)
                .thenAccept(accepted -> exchange.getMessage().setHeader(ZeroMqConstants.ACCEPTED, accepted));
    }

    private void take(List<byte[]> reply, Exchange exchange) {
        if (exchange.getPattern().isOutCapable()) {
            exchange.getMessage().setBody(frames.body(reply));
        }
    }

    private static void await(CompletableFuture<?> done, Exchange exchange) {
        try {
            done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.setException(e);
        } catch (ExecutionException e) {
            exchange.setException(cause(e));
        }
    }

    private static Throwable cause(Throwable failure) {
        boolean wrapped = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapped && failure.getCause() != null ? failure.getCause() : failure;
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

    /** It only counts where the repository of producers is switched on in Camel. */
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
        return addressed(exchange, frames.frames(exchange, exchange.getMessage().getBody()));
    }

    private List<byte[]> addressed(Exchange exchange, List<byte[]> body) {
        if (settings.type() != ZeroMqSocketType.ROUTER) {
            return body;
        }
        Object peer = exchange.getMessage().getHeader(ZeroMqConstants.ROUTING_ID);
        if (peer == null) {
            throw new IllegalArgumentException("A ROUTER needs the header " + ZeroMqConstants.ROUTING_ID
                    + ", which says which peer to send to (" + settings.name() + ")");
        }
        List<byte[]> message = new ArrayList<>(body.size() + 1);
        message.add(frames.frame(exchange, peer));
        message.addAll(body);
        return message;
    }
}
