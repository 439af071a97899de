package routes.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import routes.platform.FolderRights;

/**
 * The started servers. They start while Spring creates its beans; Spring waits for them at the beginning of its life
 * cycle, before Camel. They stop after the last bean that may still talk to them has been destroyed.
 */
final class LocalServices implements SmartLifecycle, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(LocalServices.class);

    private static final Duration START_PATIENCE = Duration.ofSeconds(120);

    private final DataDirectory directory;
    private final List<LocalServer> servers;
    private final List<FutureTask<Duration>> starts = new ArrayList<>();
    private final long launchedAt = System.nanoTime();
    private volatile boolean ready;
    private boolean closed;

    LocalServices(DataDirectory directory, List<LocalServer> servers) {
        this.directory = directory;
        this.servers = List.copyOf(servers);
    }

    /** In the order they are started. */
    List<LocalServer> servers() {
        return servers;
    }

    /** Starts every server on a thread of its own and returns at once. */
    void launch() {
        for (LocalServer server : servers) {
            FutureTask<Duration> start = new FutureTask<>(() -> timed(server));
            starts.add(start);
            Thread thread = new Thread(start, "local-" + server.service().id() + "-start");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static Duration timed(LocalServer server) throws Exception {
        long begin = System.nanoTime();
        FolderRights.PRIVATE.make(server.folder());
        server.start();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Waits until every server answers. If one fails, the start fails. */
    @Override
    public void start() {
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < servers.size(); i++) {
            took.add(await(servers.get(i), starts.get(i)));
        }
        ready = true;
        LOG.info("{}", summary(took));
    }

    private static Duration await(LocalServer server, FutureTask<Duration> start) {
        try {
            return start.get(START_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(server, e.getCause());
        } catch (TimeoutException e) {
            throw failure(server, new TimeoutException("no answer within " + START_PATIENCE.toSeconds() + " s"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(server, e);
        }
    }

    private static LocalServiceException failure(LocalServer server, Throwable cause) {
        if (cause instanceof LocalServiceException known) {
            return known;
        }
        return new LocalServiceException(
                "The local %s did not start: %s."
                        .formatted(server.service().title(), NestedExceptionUtils.getMostSpecificCause(cause)),
                "Its data is in %s; is the disk full or the folder not writable? To use another server, set %s."
                        .formatted(server.folder(), server.service().addressKey()),
                cause);
    }

    private String summary(List<Duration> took) {
        Duration total = Duration.ofNanos(System.nanoTime() - launchedAt);
        StringBuilder text = new StringBuilder("Local services are ready after %d ms:".formatted(total.toMillis()));
        for (int i = 0; i < servers.size(); i++) {
            LocalServer server = servers.get(i);
            text.append("%n  %-5s  %s  (%d ms), data in %s; to use your own, set %s"
                    .formatted(
                            server.service().title(),
                            server.address(),
                            took.get(i).toMillis(),
                            server.folder(),
                            server.service().addressKey()));
        }
        return text.toString();
    }

    /** Stops nothing yet: beans are destroyed after this, and some of them still talk to a server. */
    @Override
    public void stop() {
        ready = false;
    }

    @Override
    public boolean isRunning() {
        return ready;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    /** Stops the servers in reverse order and releases the data folder. Safe to call again. */
    @Override
    public synchronized void destroy() {
        if (closed) {
            return;
        }
        closed = true;
        List<LocalServer> lastFirst = new ArrayList<>(servers);
        Collections.reverse(lastFirst);
        for (LocalServer server : lastFirst) {
            stop(server, starts.get(servers.indexOf(server)));
        }
        try {
            directory.close();
        } catch (java.io.IOException e) {
            LOG.warn("The lock on {} could not be released", directory.path(), e);
        }
    }

    /** Waits for a server that is still starting, since a half-started one cannot be stopped. */
    private static void stop(LocalServer server, FutureTask<Duration> start) {
        try {
            start.get(START_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failedBefore) {
            LOG.debug("The local {} did not start", server.service().title(), failedBefore);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The local {} did not stop cleanly", server.service().title(), e);
        }
    }
}
