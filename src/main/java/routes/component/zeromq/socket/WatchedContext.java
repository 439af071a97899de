package routes.component.zeromq.socket;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import zmq.Ctx;
import zmq.poll.Poller;

/**
 * A ZeroMQ context that knows whether its threads work. JeroMQ moves the bytes of all sockets in a few I/O threads and
 * closes sockets in one more; when one of these hangs or dies, every socket falls silent and none reports an error.
 */
public final class WatchedContext {

    /** With a check a second: a large frame under CURVE can keep a thread busy for some seconds. */
    static final int CHECKS_UNTIL_TROUBLE = 5;

    /** A new context costs all connections and what was queued for them, so this is not done in haste. */
    static final int CHECKS_UNTIL_HOPELESS = 30;

    private static final Logger LOG = LoggerFactory.getLogger(WatchedContext.class);
    private static final int FRAMES_IN_LOG = 3;

    private final ZMQ.Context context;
    private final List<ThreadProbe> probes;
    private volatile String lastNotice = "";
    private volatile boolean abandoned;

    public WatchedContext(int ioThreads) {
        context = ZMQ.context(ioThreads);
        List<Thread> threads = new ArrayList<>();
        List<Poller> pollers = new ArrayList<>();
        context.setNotificationExceptionHandler((thread, problem) -> notice(problem));
        context.setThreadFactor((poller, name) -> {
            Thread thread = new Thread(poller, name);
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((dead, reason) -> LOG.error(
                    "The thread {} of ZeroMQ died of {}; a new context will take its place", name, reason.toString()));
            threads.add(thread);
            pollers.add((Poller) poller);
            return thread;
        });
        Ctx inside = start();
        probes = new ArrayList<>();
        for (int i = 0; i < threads.size(); i++) {
            // JeroMQ numbers its threads from 1, in the order it makes them.
            probes.add(new ThreadProbe(inside, i + 1, threads.get(i), pollers.get(i)));
        }
    }

    public ZMQ.Context context() {
        return context;
    }

    List<ThreadProbe> probes() {
        return probes;
    }

    /** To be called once a second. */
    public void check() {
        probes.stream().filter(probe -> probe.thread().isAlive()).forEach(ThreadProbe::check);
    }

    /** Checks in a row that the worst thread has not answered. */
    public int missedChecks() {
        return probes.stream().mapToInt(ThreadProbe::missedChecks).max().orElse(0);
    }

    /** Why no socket of this context can be relied on; empty while its threads work. */
    Optional<String> trouble() {
        return worst(CHECKS_UNTIL_TROUBLE);
    }

    /** Why this context should be abandoned. */
    public Optional<String> hopeless() {
        return worst(CHECKS_UNTIL_HOPELESS);
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /**
     * Frees the ports and ends the connections of a context whose threads cannot be relied on to do so, and leaves it. A
     * thread that spins cannot be stopped.
     */
    public void abandon() {
        abandoned = true;
        for (ThreadProbe probe : probes) {
            probe.poller().stop();
            try {
                closeNetwork(probe.poller());
            } catch (ReflectiveOperationException | IOException | RuntimeException e) {
                LOG.warn("The ports of an abandoned ZeroMQ context may stay in use: {}", e.toString());
            }
        }
    }

    private Optional<String> worst(int checks) {
        for (ThreadProbe probe : probes) {
            Thread thread = probe.thread();
            if (!thread.isAlive()) {
                return Optional.of("the thread " + thread.getName() + " of ZeroMQ died");
            }
            if (probe.missedChecks() >= checks) {
                return Optional.of("the thread " + thread.getName() + " of ZeroMQ has not answered for "
                        + probe.missedChecks() + " s; it is in " + place(thread));
            }
        }
        return Optional.empty();
    }

    private static String place(Thread thread) {
        List<String> frames = new ArrayList<>();
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frames.size() < FRAMES_IN_LOG) {
                frames.add(frame.toString());
            }
        }
        return String.join(" < ", frames);
    }

    /** The threads begin with the first socket, which is also the only way to what the probes need. */
    private Ctx start() {
        try (ZMQ.Socket first = context.socket(SocketType.PAIR)) {
            return first.base().getCtx();
        }
    }

    /**
     * JeroMQ keeps the selector to itself. Unless it is closed the ports stay bound, because a closed channel waits for
     * its selector.
     */
    private static void closeNetwork(Poller poller) throws ReflectiveOperationException, IOException {
        Field field = Poller.class.getDeclaredField("selector");
        field.setAccessible(true);
        try (Selector selector = (Selector) field.get(poller)) {
            for (SelectionKey key : selector.keys()) {
                SelectableChannel channel = key.channel();
                if (channel instanceof ServerSocketChannel || channel instanceof SocketChannel) {
                    channel.close();
                }
            }
        }
    }

    /** JeroMQ went on after this. Peers can cause it at will, so the same problem is not logged twice in a row. */
    private void notice(Throwable problem) {
        String text = problem.toString();
        if (!text.equals(lastNotice)) {
            lastNotice = text;
            LOG.warn("ZeroMQ could not handle what a peer sent, and goes on: {}", text);
        }
    }
}
