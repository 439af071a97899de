package routes.component.framestore.rocksdb;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.component.framestore.api.NewEntry;
import routes.component.framestore.rocksdb.CommitQueue.Append;
import routes.component.framestore.rocksdb.CommitQueue.Task;
import routes.component.framestore.rocksdb.CommitQueue.Work;

/**
 * The one thread that changes a store. Appends that wait when it comes by are committed together: with a forced
 * write per commit, this is what makes many small appends quick.
 */
final class StoreWriter {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);

    private final CommitQueue queue;
    private final Committer committer;
    private final Thread thread;

    StoreWriter(CommitQueue queue, Committer committer, ThreadFactory threads) {
        this.queue = queue;
        this.committer = committer;
        this.thread = threads.newThread(this::work);
        thread.start();
    }

    CompletableFuture<List<Long>> append(List<NewEntry> entries) throws InterruptedException {
        CompletableFuture<List<Long>> done = new CompletableFuture<>();
        long bytes = entries.stream().mapToLong(NewEntry::size).sum();
        queue.put(new Append(List.copyOf(entries), bytes, done));
        return done;
    }

    /** Runs a change between commits. */
    <T> CompletableFuture<T> change(Callable<T> change) {
        CompletableFuture<T> done = new CompletableFuture<>();
        queue.put(new Task(() -> {
            try {
                done.complete(change.call());
            } catch (Exception | Error e) {
                done.completeExceptionally(e);
            }
        }));
        return done;
    }

    /** Returns when all that was brought is done. */
    void finish() throws InterruptedException {
        queue.close();
        thread.join();
    }

    private void work() {
        try {
            List<Work> works = queue.take();
            while (!works.isEmpty()) {
                tryInOrder(works);
                works = queue.take();
            }
        } catch (InterruptedException e) {
            queue.close();
            LOG.error("The writer of a frame store was interrupted: nothing more is stored");
        }
    }

    /** Whatever happens, also when memory runs out, those who wait for their appends hear of it, and the thread goes on. */
    private void tryInOrder(List<Work> works) {
        try {
            inOrder(works);
        } catch (RuntimeException | Error e) {
            LOG.error("The writer of a frame store failed; it goes on with what comes next", e);
            for (Work work : works) {
                if (work instanceof Append append) {
                    append.done().completeExceptionally(e);
                }
            }
        }
    }

    private void inOrder(List<Work> works) {
        List<Append> together = new ArrayList<>();
        for (Work work : works) {
            if (work instanceof Append append) {
                together.add(append);
            } else if (work instanceof Task task) {
                commit(together);
                task.change().run();
            }
        }
        commit(together);
    }

    private void commit(List<Append> together) {
        if (!together.isEmpty()) {
            committer.commit(List.copyOf(together));
            together.clear();
        }
    }
}
