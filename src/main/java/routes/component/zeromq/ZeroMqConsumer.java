package routes.component.zeromq;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import routes.component.zeromq.socket.Inbox;
import routes.component.zeromq.socket.SocketOutcome;
import routes.component.zeromq.socket.SocketOwner;
import routes.component.zeromq.socket.SocketSettings;

/** Runs the route for each message of a socket, and sends its reply. */
@ManagedResource(description = "Managed zeromq consumer")
public class ZeroMqConsumer extends DefaultConsumer implements Suspendable, ShutdownAware {

    private static final long LOOK_UP_MILLIS = 200;

    private final ZeroMqConfiguration options;
    private final SocketSettings settings;
    private final ConsumerExchanges exchanges;
    private final Duration sendPatience;

    private volatile @Nullable Running running;

    ZeroMqConsumer(ZeroMqEndpoint endpoint, Processor processor, SocketSettings settings) {
        super(endpoint, processor);
        this.options = endpoint.getConfiguration();
        this.settings = settings;
        this.exchanges = new ConsumerExchanges(settings.type(), options, () -> createExchange(false));
        this.sendPatience = SocketOwner.patience("sendTimeout", options.getSendTimeout());
        if (options.getConcurrentConsumers() < 1
                || options.getMaxInflight() < 1
                || options.getMaxInflightBytes() < 1
                || options.getBatchSize() < 1) {
            throw new IllegalArgumentException(
                    "The options concurrentConsumers, maxInflight, maxInflightBytes and batchSize must be at least 1");
        }
    }

    @Override
    public ZeroMqEndpoint getEndpoint() {
        return (ZeroMqEndpoint) super.getEndpoint();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        ZeroMqHealthCheck check = new ZeroMqHealthCheck("consumer:" + getRouteId(), settings.name(), this::trouble);
        check.setEnabled(getEndpoint().getComponent().isHealthCheckConsumerEnabled());
        setHealthCheck(check);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        Running fresh = new Running();
        running = fresh;
        fresh.start();
    }

    @Override
    protected void doSuspend() throws Exception {
        Running current = running;
        if (current != null) {
            current.inbox.shut();
        }
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        Running current = running;
        if (current != null) {
            current.inbox.reopen();
        }
    }

    @Override
    protected void doStop() throws Exception {
        Running current = running;
        if (current != null) {
            running = null;
            current.stop();
        }
        super.doStop();
    }

    /** Camel waits for {@link #getPendingExchangesSize()}, within its shutdown time. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return false;
    }

    @Override
    public int getPendingExchangesSize() {
        Running current = running;
        return current == null ? 0 : current.inbox.waiting();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        Running current = running;
        if (current != null) {
            current.inbox.shut();
        }
    }

    @ManagedAttribute(description = "What the socket is bound or connected to; empty while it is not open")
    public String getEndpoints() {
        return owner().map(owner -> String.join(",", owner.endpoints())).orElse("");
    }

    @ManagedAttribute(description = "Connections")
    public int getPeers() {
        return owner().map(owner -> owner.statistics().peers()).orElse(0);
    }

    @ManagedAttribute(description = "Messages read from the socket")
    public long getReceived() {
        return count(SocketOutcome.RECEIVED);
    }

    @ManagedAttribute(description = "Connections that ended")
    public long getDisconnects() {
        return count(SocketOutcome.DISCONNECTED);
    }

    @ManagedAttribute(description = "Peers refused, or refusing us, by keys or protocol")
    public long getHandshakeFailures() {
        return count(SocketOutcome.HANDSHAKE_FAILED);
    }

    @ManagedAttribute(description = "Messages between socket and the end of the route")
    public int getInflightMessages() {
        Running current = running;
        return current == null ? 0 : current.inbox.messages();
    }

    @ManagedAttribute(description = "Bytes of these")
    public long getInflightBytes() {
        Running current = running;
        return current == null ? 0 : current.inbox.bytes();
    }

    @ManagedAttribute(description = "What keeps the socket from being open; empty when nothing does")
    public String getTrouble() {
        return trouble().orElse("");
    }

    Optional<SocketOwner> owner() {
        return Optional.ofNullable(running).map(current -> current.owner);
    }

    private Optional<String> trouble() {
        return owner().flatMap(SocketOwner::trouble);
    }

    private long count(SocketOutcome outcome) {
        return owner().map(owner -> owner.statistics().get(outcome)).orElse(0L);
    }

    /** Everything that exists from start to stop. */
    private final class Running {

        private final SocketOwner owner = getEndpoint().getComponent().sockets().acquireForReading(settings);
        private final Inbox inbox =
                new Inbox(options.getMaxInflight(), options.getMaxInflightBytes(), owner::wakeUp, this::troubled);
        private volatile boolean stopping;
        private @Nullable ExecutorService threads;

        void start() throws InterruptedException {
            int consumers = options.getConcurrentConsumers();
            // One more, to report troubles of the socket while all others are busy.
            threads = getEndpoint()
                    .getCamelContext()
                    .getExecutorServiceManager()
                    .newFixedThreadPool(ZeroMqConsumer.this, "ZeroMQ route[" + settings.name() + "]", consumers + 1);
            for (int i = 0; i < consumers; i++) {
                threads.execute(this::work);
            }
            try {
                owner.attach(inbox);
            } catch (IllegalStateException e) {
                stop();
                throw e;
            }
        }

        private void troubled(Exception trouble) {
            ExecutorService reporter = threads;
            if (reporter != null && !stopping) {
                reporter.execute(() -> handleException(String.valueOf(trouble.getMessage()), trouble));
            }
        }

        /** Replies need the socket, so it goes last. */
        void stop() throws InterruptedException {
            inbox.shut();
            stopping = true;
            if (threads != null) {
                getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(threads);
            }
            owner.detach(inbox);
            for (int lost = inbox.waiting(); lost > 0; lost--) {
                owner.statistics().count(SocketOutcome.DROPPED_AT_STOP);
            }
            getEndpoint().getComponent().sockets().release(owner);
        }

        private void work() {
            try {
                while (!stopping) {
                    List<List<byte[]>> next = inbox.next(options.getBatchSize(), LOOK_UP_MILLIS);
                    if (!next.isEmpty()) {
                        route(next);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Starts the exchange. One that went on elsewhere is not waited for: the next may start. */
        private void route(List<List<byte[]>> messages) {
            try {
                Exchange exchange = exchanges.exchange(messages);
                getAsyncProcessor().process(exchange, doneSync -> answer(exchange, messages));
            } catch (RuntimeException | Error e) {
                // An error of the JVM, too: the thread has to go on with the next
                handleException("Cannot make an exchange of a message of " + settings.name(), e);
                inbox.done(messages);
            }
        }

        private void answer(Exchange exchange, List<List<byte[]>> messages) {
            if (!exchanges.isAnswered(exchange)) {
                finish(exchange, messages, null);
                return;
            }
            try {
                send(exchanges.replies(exchange, messages))
                        .whenCompleteAsync(
                                (nothing, failure) -> finish(exchange, messages, failure),
                                getEndpoint().getComponent().sockets().callbacks());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                finish(exchange, messages, e);
            } catch (RuntimeException e) {
                finish(exchange, messages, e);
            }
        }

        /** Each is sent by itself, so that a peer that is gone does not affect the others. */
        private CompletableFuture<Void> send(List<List<byte[]>> replies) throws InterruptedException {
            List<CompletableFuture<Integer>> sent = new ArrayList<>();
            for (List<byte[]> reply : replies) {
                sent.add(owner.send(List.of(reply), sendPatience));
            }
            return CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new));
        }

        private void finish(Exchange exchange, List<List<byte[]>> messages, @Nullable Throwable unanswered) {
            try {
                if (unanswered != null) {
                    handleException("Cannot reply through " + settings.name(), unanswered);
                }
                if (exchange.getException() != null) {
                    handleException("Error in the route of " + settings.name(), exchange, exchange.getException());
                }
            } finally {
                releaseExchange(exchange, false);
                inbox.done(messages);
            }
        }
    }
}
