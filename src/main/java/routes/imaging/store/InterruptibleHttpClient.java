package routes.imaging.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Ends requests that would otherwise never end. A read timeout bounds the wait for an answer, but nothing in Java
 * bounds a write to a peer that has stopped reading, and an interrupt does not end it. So a watch checks the running
 * requests and closes the connection of each that has not moved a byte within the stall limit, or whose thread has
 * been interrupted.
 *
 * <p>A stall is reported as a {@link StalledException}, which the SDK does not retry: the caller's own, slower retry
 * is the right one for a store that hangs.
 */
final class InterruptibleHttpClient implements SdkHttpClient {

    private static final long WATCH_MILLIS = 200;

    private final SdkHttpClient client;
    private final long stallNanos;
    private final Set<WatchedRequest> underWay = ConcurrentHashMap.newKeySet();
    /** Not of Camel's manager: uploads are aborted over this client while Camel stops, and after. */
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "s3-request-watch");
        thread.setDaemon(true);
        return thread;
    });

    InterruptibleHttpClient(SdkHttpClient client, Duration stallLimit) {
        this.client = client;
        this.stallNanos = stallLimit.toNanos();
        watch.scheduleWithFixedDelay(this::look, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new WatchedRequest(request);
    }

    @Override
    public String clientName() {
        return client.clientName();
    }

    @Override
    public void close() {
        watch.shutdownNow();
        client.close();
    }

    private void look() {
        long now = System.nanoTime();
        underWay.forEach(request -> request.abortIfStuck(now));
    }

    /** The peer took nothing, or answered nothing, for the stall limit. */
    static final class StalledException extends SdkClientException {

        /** The broken connection is suppressed instead of being the cause: the SDK would retry an IOException. */
        StalledException(Duration limit, Throwable brokenConnection) {
            super(builder().message("the store neither took nor sent a byte for " + limit.toSeconds() + " s"));
            addSuppressed(brokenConnection);
        }
    }

    private final class WatchedRequest implements ExecutableHttpRequest {

        private final ExecutableHttpRequest request;
        private volatile @Nullable Thread thread;
        private volatile long lastProgress;
        private volatile boolean stalled;

        WatchedRequest(HttpExecuteRequest original) {
            this.request = client.prepareRequest(HttpExecuteRequest.builder()
                    .request(original.httpRequest())
                    .contentStreamProvider(
                            original.contentStreamProvider().map(this::watched).orElse(null))
                    .metricCollector(original.metricCollector().orElse(null))
                    .build());
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            thread = Thread.currentThread();
            lastProgress = System.nanoTime();
            underWay.add(this);
            try {
                return request.call();
            } catch (IOException | RuntimeException failure) {
                if (stalled) {
                    throw new StalledException(Duration.ofNanos(stallNanos), failure);
                }
                throw failure;
            } finally {
                underWay.remove(this);
            }
        }

        @Override
        public void abort() {
            request.abort();
        }

        private void abortIfStuck(long now) {
            Thread caller = thread;
            if (now - lastProgress > stallNanos) {
                stalled = true;
                request.abort();
            } else if (caller != null && caller.isInterrupted()) {
                request.abort();
            }
        }

        private ContentStreamProvider watched(ContentStreamProvider content) {
            return () -> new FilterInputStream(content.newStream()) {
                @Override
                public int read() throws IOException {
                    lastProgress = System.nanoTime();
                    return super.read();
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    lastProgress = System.nanoTime();
                    return super.read(target, offset, length);
                }
            };
        }
    }
}
