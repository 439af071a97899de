package routes.replay.ingress;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.component.framestore.api.FrameStoreException;
import routes.component.framestore.api.NewEntry;

/**
 * Stores messages in the order they came, and lets each go on when it is durable. What comes while the disk is busy is
 * stored together, in one write.
 *
 * <p>When the store takes nothing (a full disk, say, or no memory left) it is asked again for as long as it takes, with the same messages:
 * they are not lost, and not overtaken. Meanwhile the ingress fills up, and senders wait.
 */
public final class Recorder {

    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    /** What the store writes at once, too. */
    private static final long MAX_BATCH_BYTES = 16L << 20;

    private final Function<List<NewEntry>, CompletableFuture<?>> store;
    private final Consumer<Reception> afterwards;
    private final Duration retryDelay;
    private final ThrottledLog failures;
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private boolean busy;

    /**
     * @param store stores all of them or none
     * @param afterwards is told of each message that is durable, in their order; what waits for {@link #record} goes on in
     *     any order, since Camel has threads of its own for that
     */
    Recorder(
            Function<List<NewEntry>, CompletableFuture<?>> store,
            Consumer<Reception> afterwards,
            Duration retryDelay,
            Clock clock) {
        this.store = store;
        this.afterwards = afterwards;
        this.retryDelay = retryDelay;
        this.failures = new ThrottledLog(clock);
    }

    /**
     * Done when all of them are durable; one that is not to be stored has its turn, too. Those that were dropped stay
     * so, and those that can never be stored become so.
     */
    CompletionStage<List<Reception>> record(List<Reception> receptions) {
        List<Pending> batch = receptions.stream()
                .map(reception -> new Pending(reception, new CompletableFuture<>()))
                .toList();
        synchronized (this) {
            waiting.addAll(batch);
        }
        storeNext();
        return CompletableFuture.allOf(batch.stream().map(Pending::done).toArray(CompletableFuture[]::new))
                .thenApply(nothing ->
                        batch.stream().map(pending -> pending.done.join()).toList());
    }

    private void storeNext() {
        List<Pending> batch = nextBatch();
        if (!batch.isEmpty()) {
            store(batch).whenComplete((nothing, failure) -> {
                synchronized (this) {
                    busy = false;
                }
                storeNext();
            });
        }
    }

    private synchronized List<Pending> nextBatch() {
        List<Pending> batch = new ArrayList<>();
        long bytes = 0;
        while (!busy && !waiting.isEmpty() && bytes < MAX_BATCH_BYTES) {
            Pending next = waiting.remove();
            batch.add(next);
            bytes += next.entry().map(NewEntry::size).orElse(0L);
        }
        busy |= !batch.isEmpty();
        return batch;
    }

    private CompletableFuture<Void> store(List<Pending> batch) {
        List<NewEntry> entries =
                batch.stream().map(Pending::entry).flatMap(Optional::stream).toList();
        return stored(entries)
                .handle((indices, failure) -> failure == null ? succeed(batch) : fail(batch, failure))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<?> stored(List<NewEntry> entries) {
        try {
            return entries.isEmpty() ? CompletableFuture.completedFuture(null) : store.apply(entries);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<Void> succeed(List<Pending> batch) {
        batch.stream().map(Pending::reception).filter(Reception::isDelivered).forEach(this::tell);
        batch.forEach(pending -> pending.done.complete(pending.reception));
        return CompletableFuture.completedFuture(null);
    }

    /** They are stored, whatever becomes of them elsewhere: those who wait for that must hear of it. */
    private void tell(Reception reception) {
        try {
            afterwards.accept(reception);
        } catch (RuntimeException | Error e) {
            LOG.error("A message was stored, and is not forwarded", e);
        }
    }

    private CompletableFuture<Void> fail(List<Pending> batch, Throwable failure) {
        Optional<Throwable> trouble = troubleOfOurs(failure);
        if (trouble.isPresent()) {
            failures.report(more -> LOG.warn(
                    "{} messages wait, for nothing can be stored: {}; trying again every {} s{}",
                    batch.size(),
                    trouble.get() instanceof Error error ? error : trouble.get().getMessage(),
                    retryDelay.toSeconds(),
                    more));
            return CompletableFuture.runAsync(
                            () -> {}, CompletableFuture.delayedExecutor(retryDelay.toMillis(), TimeUnit.MILLISECONDS))
                    .thenCompose(nothing -> store(batch));
        }
        if (batch.size() == 1) {
            Pending culprit = batch.get(0);
            LOG.error("A message cannot be stored and is dropped", failure);
            culprit.done.complete(culprit.reception.refused(String.valueOf(failure)));
            return CompletableFuture.completedFuture(null);
        }
        // One of them is the reason; it must not take the others with it.
        int half = batch.size() / 2;
        return store(batch.subList(0, half)).thenCompose(nothing -> store(batch.subList(half, batch.size())));
    }

    /** Of the store or the JVM, which is no fault of the message. */
    private static Optional<Throwable> troubleOfOurs(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FrameStoreException || cause instanceof Error) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }

    private record Pending(Reception reception, CompletableFuture<Reception> done) {

        Optional<NewEntry> entry() {
            return reception.entry();
        }
    }
}
