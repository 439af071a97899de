package routes.component.zeromq;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZMQ;
import routes.component.zeromq.socket.SocketOwner;
import routes.component.zeromq.socket.SocketSettings;
import routes.component.zeromq.socket.SocketStatistics;
import routes.component.zeromq.socket.WatchedContext;
import routes.component.zeromq.socket.ZapHandler;

/**
 * The sockets of one Camel context. Producers with equal settings share one, also with the consumer where the
 * type both sends and receives; the last to give it back closes it. All sockets share one ZeroMQ context, so that they reach each
 * other by inproc; it is made again when its threads hang or die.
 */
final class SharedSockets {

    private static final Logger LOG = LoggerFactory.getLogger(SharedSockets.class);

    /** Beyond the linger time, how long a socket or the context may take to close. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);

    /** How late a time-out may be noticed. */
    private static final long TICK_MILLIS = 20;

    private static final long CHECK_MILLIS = 1_000;

    private final CamelContext camel;
    private final int ioThreads;
    private final Map<Key, Shared> sockets = new HashMap<>();
    private final Map<String, Set<String>> allowedKeys = new ConcurrentHashMap<>();
    private @Nullable WatchedContext context;
    private @Nullable ZapHandler zap;
    private @Nullable ExecutorService relayThreads;
    private @Nullable ExecutorService callbackThreads;
    private @Nullable ScheduledExecutorService clock;
    private Optional<SocketMeters> meters = Optional.empty();
    private final LongAdder renewals = new LongAdder();
    private Duration longestLinger = Duration.ZERO;

    SharedSockets(CamelContext camel, int ioThreads) {
        this.camel = camel;
        this.ioThreads = ioThreads;
    }

    /** The socket of a producer; to be given back. */
    SocketOwner acquire(SocketSettings settings) {
        return acquire(new Key(settings, ""));
    }

    /** The socket of a consumer; to be given back. Types that only receive are not shared: each consumer has its own. */
    SocketOwner acquireForReading(SocketSettings settings) {
        String reader = settings.type().twoWay() ? "" : UUID.randomUUID().toString();
        return acquire(new Key(settings, reader));
    }

    /**
     * Where exchanges go on when a socket is done with their message. Not in the socket's thread, which has others to
     * serve; there are as many threads as such exchanges, because one of them may wait for another.
     */
    synchronized Executor callbacks() {
        if (callbackThreads == null) {
            callbackThreads = camel.getExecutorServiceManager().newCachedThreadPool(this, "ZeroMQ[continue]");
        }
        return callbackThreads;
    }

    /** The last to give a socket back waits until its thread ended. */
    void release(SocketOwner owner) throws InterruptedException {
        Shared last = null;
        synchronized (this) {
            for (Map.Entry<Key, Shared> entry : sockets.entrySet()) {
                Shared shared = entry.getValue();
                if (shared.owner == owner && --shared.users == 0) {
                    last = shared;
                }
            }
            if (last != null) {
                sockets.values().remove(last);
            }
        }
        if (last != null) {
            last.close();
        }
    }

    /** Closes whatever is left, and waits for lingering messages. */
    void close() throws InterruptedException {
        for (Shared shared : sockets.values()) {
            shared.close();
        }
        sockets.clear();
        WatchedContext old = leaveContext();
        if (old != null) {
            terminate(old.context());
        }
        for (ExecutorService threads : Arrays.asList(relayThreads, callbackThreads, clock)) {
            if (threads != null) {
                camel.getExecutorServiceManager().shutdown(threads);
            }
        }
    }

    private synchronized SocketOwner acquire(Key key) {
        Shared shared = sockets.computeIfAbsent(key, this::open);
        shared.users++;
        return shared.owner;
    }

    private Shared open(Key key) {
        SocketSettings settings = key.settings();
        String zapDomain = UUID.randomUUID().toString();
        if (!settings.curve().allowedKeys().isEmpty()) {
            allowedKeys.put(zapDomain, Set.copyOf(settings.curve().allowedKeys()));
        }
        longestLinger = settings.linger().compareTo(longestLinger) > 0 ? settings.linger() : longestLinger;
        if (meters.isEmpty()) {
            meters = SocketMeters.find(camel);
            meters.ifPresent(all -> all.watch(this, SharedSockets::silence, SharedSockets::renewals));
        }
        Optional<MicrometerListener> listener = meters.map(all -> all.listen(settings));
        SocketStatistics statistics =
                new SocketStatistics(listener.isPresent() ? listener.get() : (outcome, bytes) -> {});
        SocketOwner owner = new SocketOwner(this::context, settings, zapDomain, statistics, this::relay);
        listener.ifPresent(told -> told.opened(owner));
        ExecutorService thread =
                camel.getExecutorServiceManager().newSingleThreadExecutor(this, "ZeroMQ[" + settings.name() + "]");
        thread.execute(owner);
        ScheduledFuture<?> expiry =
                clock().scheduleWithFixedDelay(owner::expire, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        return new Shared(owner, thread, expiry, listener, zapDomain);
    }

    private ScheduledExecutorService clock() {
        if (clock == null) {
            clock = camel.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "ZeroMQ[clock]");
            clock.scheduleWithFixedDelay(this::checkContext, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return clock;
    }

    /** In a thread for each connection and direction; most contexts never need one. */
    private synchronized void relay(Runnable task) {
        if (relayThreads == null) {
            relayThreads = camel.getExecutorServiceManager().newCachedThreadPool(this, "ZeroMQ[ipc]");
        }
        relayThreads.execute(task);
    }

    /** The one that all sockets share; for a socket that is about to be opened. */
    private synchronized WatchedContext context() {
        WatchedContext current = context;
        if (current == null) {
            current = new WatchedContext(ioThreads);
            context = current;
        }
        if (zap == null && !allowedKeys.isEmpty()) {
            ExecutorService thread = camel.getExecutorServiceManager().newSingleThreadExecutor(this, "ZeroMQ[ZAP]");
            zap = ZapHandler.start(current.context(), thread, allowedKeys);
        }
        return current;
    }

    /** Leaves a context whose threads hang or have died; the sockets open themselves again in a new one. */
    void checkContext() {
        WatchedContext current;
        ZapHandler keys;
        synchronized (this) {
            current = context;
            keys = zap;
        }
        if (current == null) {
            return;
        }
        current.check();
        Optional<String> reason = current.hopeless();
        if (reason.isEmpty() && keys != null && keys.hasDied()) {
            reason = Optional.of("the handler of CURVE keys died");
        }
        if (reason.isPresent()) {
            LOG.error("All ZeroMQ sockets are opened again in a new context: {}", reason.get());
            renewals.increment();
            leaveContext();
            current.abandon();
        }
    }

    /** For how many seconds the slowest thread of the context has not answered. */
    synchronized int silence() {
        return context == null ? 0 : context.missedChecks();
    }

    /** How often the context was made again. */
    long renewals() {
        return renewals.sum();
    }

    private synchronized @Nullable WatchedContext leaveContext() {
        WatchedContext old = context;
        context = null;
        if (zap != null) {
            zap.close();
            zap = null;
        }
        return old;
    }

    /** In a thread of its own: a terminating context waits for peers, and must not hold up the stop forever. */
    private void terminate(ZMQ.Context old) throws InterruptedException {
        Thread terminator = new Thread(old::term, "ZeroMQ[end]");
        terminator.setDaemon(true);
        terminator.start();
        terminator.join(longestLinger.plus(CLOSE_PATIENCE).toMillis());
    }

    /** @param reader set where the socket is for one consumer alone */
    private record Key(SocketSettings settings, String reader) {}

    /** A socket with the number of its users. */
    private final class Shared {

        private final SocketOwner owner;
        private final ExecutorService thread;
        private final ScheduledFuture<?> expiry;
        private final Optional<MicrometerListener> listener;
        private final String zapDomain;
        private int users;

        Shared(
                SocketOwner owner,
                ExecutorService thread,
                ScheduledFuture<?> expiry,
                Optional<MicrometerListener> listener,
                String zapDomain) {
            this.owner = owner;
            this.thread = thread;
            this.expiry = expiry;
            this.listener = listener;
            this.zapDomain = zapDomain;
        }

        void close() throws InterruptedException {
            owner.close(CLOSE_PATIENCE);
            expiry.cancel(false);
            listener.ifPresent(MicrometerListener::closed);
            allowedKeys.remove(zapDomain);
            camel.getExecutorServiceManager().shutdown(thread);
        }
    }
}
