package routes.component.framestore.rocksdb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.FrameStoreException;
import routes.component.framestore.api.FrameStoreListener;
import routes.component.framestore.api.NewEntry;
import routes.component.framestore.rocksdb.CommitQueue.Append;
import routes.component.framestore.rocksdb.CommitQueue.Task;
import routes.component.framestore.rocksdb.CommitQueue.Work;

/**
 * The one thread that changes a store. Appends that wait when it comes by are committed together: with a forced
 * write per commit, this is what makes many small appends quick.
 *
 * <p>While the store takes nothing in (a full disk, say, or no memory left), patient appends stay where they are and are
 * tried again in the same order: none is lost, and none is overtaken.
 */
final class StoreWriter {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);

    private final CommitQueue queue;
    private final Consumer<List<Append>> committer;
    private final FrameStoreListener listener;
    private final Duration retryDelay;
    private final Thread thread;
    private boolean inTrouble;

    /** @param committer stores all of them and completes them, or none and throws */
    StoreWriter(
            CommitQueue queue,
            Consumer<List<Append>> committer,
            FrameStoreListener listener,
            Duration retryDelay,
            ThreadFactory threads) {
        this.queue = queue;
        this.committer = committer;
        this.listener = listener;
        this.retryDelay = retryDelay;
        this.thread = threads.newThread(this::work);
        thread.start();
    }

    CompletableFuture<List<Long>> append(List<NewEntry> entries) throws InterruptedException {
        Append append = Append.of(entries, false);
        queue.put(List.of(append));
        return append.done();
    }

    /** Each by itself, so that a batch has a bound, and one that cannot be stored takes no other with it. */
    CompletableFuture<List<Long>> appendPatiently(List<NewEntry> entries) throws InterruptedException {
        List<Append> appends = entries.isEmpty()
                ? List.of(Append.of(entries, true)) // it has its turn, too
                : entries.stream().map(entry -> Append.of(List.of(entry), true)).toList();
        queue.put(appends);
        return CompletableFuture.allOf(appends.stream().map(Append::done).toArray(CompletableFuture[]::new))
                .thenApply(nothing -> appends.stream()
                        .flatMap(append -> append.done().join().stream())
                        .toList());
    }

    /** Runs a change between commits. */
    <T> CompletableFuture<T> change(Callable<T> change) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Runnable completing = () -> {
            try {
                done.complete(change.call());
            } catch (Exception | Error e) {
                done.completeExceptionally(e);
            }
        };
        queue.put(new Task(completing, done));
        return done;
    }

    /** Returns when all that was brought is done. */
    void finish() throws InterruptedException {
        queue.close();
        thread.join();
    }

    private void work() {
        boolean more = true;
        Throwable unreported = null;
        while (more) {
            try {
                report(unreported);
                unreported = null;
                List<Work> works = queue.next();
                inOrder(works);
                queue.removeDone();
                more = !works.isEmpty();
            } catch (InterruptedException e) {
                queue.close();
                LOG.error("The writer of a frame store was interrupted: nothing more is stored");
                more = false;
            } catch (RuntimeException | Error e) {
                // Most likely memory has run out, also for what would be done about it here
                unreported = e;
                queue.pause(retryDelay);
            }
        }
    }

    private static void report(@Nullable Throwable failure) {
        if (failure != null) {
            LOG.error("The writer of a frame store failed, and tries again what it has not stored", failure);
        }
    }

    private void inOrder(List<Work> works) {
        List<Append> together = new ArrayList<>();
        boolean nobodyWaits = true;
        for (Work work : works) {
            if (work instanceof Append append) {
                together.add(append);
            } else if (work instanceof Task task) {
                nobodyWaits = nobodyWaits && commit(together);
                together.clear();
                task.change().run();
            }
        }
        if (nobodyWaits) {
            commit(together);
        }
    }

    /** Returns whether the next may be committed, which must not overtake those that wait. */
    private boolean commit(List<Append> appends) {
        if (appends.isEmpty()) {
            return true;
        }
        try {
            committer.accept(appends);
            inTrouble = false;
            return true;
        } catch (FrameStoreException | Error e) {
            return failOrWait(appends, e) == 0;
        } catch (RuntimeException e) {
            if (appends.size() == 1) {
                refuse(appends.get(0), e);
                return true;
            }
            // One of them is the reason, and must not take the others with it
            int half = appends.size() / 2;
            return commit(appends.subList(0, half)) && commit(appends.subList(half, appends.size()));
        }
    }

    /** The store or the JVM is in trouble, which is no fault of the entries. Returns how many of them wait. */
    private int failOrWait(List<Append> appends, Throwable trouble) {
        int waiting = 0;
        for (Append append : appends) {
            if (!append.patient() || queue.isClosed()) {
                fail(append, trouble);
            } else {
                waiting += Math.max(1, append.entries().size());
            }
        }
        if (waiting > 0) {
            queue.pause(retryDelay);
            if (!inTrouble) {
                LOG.warn(
                        "{} entries wait because nothing can be stored; they are tried again every {} ms: {}",
                        waiting,
                        retryDelay.toMillis(),
                        trouble instanceof Error ? trouble : trouble.getMessage());
            }
            inTrouble = true;
        }
        return waiting;
    }

    private void refuse(Append append, RuntimeException reason) {
        if (append.patient()) {
            LOG.error("An entry cannot be stored and is dropped", reason);
            listener.onFailed(append.entries().size());
            append.done().complete(List.of(FrameStore.NOT_STORED));
        } else {
            fail(append, reason);
        }
    }

    private void fail(Append append, Throwable reason) {
        listener.onFailed(append.entries().size());
        append.done().completeExceptionally(reason);
    }
}
