package routes.component.framestore;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.NewEntry;

/**
 * Appends to the store. The exchange goes on once its entries are durable; meanwhile the caller may bring more, and
 * what many callers brought is committed together.
 *
 * <p>The rest of the route runs on a thread of this producer, one exchange after the other in the order they were
 * appended. It must not run on the thread that writes to the store: a slow route would hold up every append, and one
 * that appends again would wait for itself. It must not run on several threads either: the order would be lost.
 */
public class FrameStoreProducer extends DefaultAsyncProducer {

    private final FrameStoreEndpoint endpoint;
    private volatile @Nullable CompletionThread completions;

    FrameStoreProducer(FrameStoreEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /** Waits while too much waits for the disk: so a consumer is held back. */
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            AppendRequest request = AppendRequest.of(exchange);
            CompletionThread thread = Objects.requireNonNull(completions, "The producer was not started");
            append(request.entries())
                    .whenComplete((indices, failure) -> thread.run(() -> {
                        answer(exchange, request, indices, failure);
                        callback.done(false);
                    }));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.setException(e);
        } catch (Exception e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        endpoint.store();
        String name = "FrameStore[" + endpoint.getConfiguration().getName() + "] appended";
        completions = new CompletionThread(getEndpoint().getCamelContext().getExecutorServiceManager(), this, name);
    }

    @Override
    protected void doStop() throws Exception {
        if (completions != null) {
            completions.stop();
        }
        super.doStop();
    }

    private CompletableFuture<List<Long>> append(List<NewEntry> entries) throws InterruptedException {
        FrameStore store = endpoint.store();
        return endpoint.getConfiguration().getWhenFull() == WhenFull.wait
                ? store.appendPatiently(entries)
                : store.append(entries);
    }

    private static void answer(
            Exchange exchange, AppendRequest request, @Nullable List<Long> indices, @Nullable Throwable failure) {
        if (indices != null) {
            exchange.getMessage().setHeader(FrameStoreConstants.INDEX, request.answer(indices));
        } else {
            exchange.setException(failure instanceof CompletionException ? failure.getCause() : failure);
        }
    }
}
