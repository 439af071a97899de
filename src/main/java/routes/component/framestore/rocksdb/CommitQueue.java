package routes.component.framestore.rocksdb;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import routes.component.framestore.api.FrameStoreException;
import routes.component.framestore.api.NewEntry;

/**
 * What waits for the writer, bounded in bytes: an append that does not fit waits. Everything stays here until it is done, so
 * that whatever fails can be tried again in its order.
 */
final class CommitQueue {

    private static final long MOST_AT_ONCE = 16 << 20;
    private static final int MOST_WORKS = 10_000;

    /** Something to do on the writer's thread. */
    sealed interface Work permits Append, Task {

        CompletableFuture<?> done();
    }

    /**
     * Entries to be stored in one batch.
     *
     * @param patient whether it waits while the store takes nothing in, instead of failing
     */
    record Append(List<NewEntry> entries, long bytes, boolean patient, CompletableFuture<List<Long>> done)
            implements Work {

        static Append of(List<NewEntry> entries, boolean patient) {
            long bytes = entries.stream().mapToLong(NewEntry::size).sum();
            return new Append(List.copyOf(entries), bytes, patient, new CompletableFuture<>());
        }
    }

    /** Any other change. */
    record Task(Runnable change, CompletableFuture<?> done) implements Work {}

    private final String store;
    private final long bound;
    private final Queue<Work> waiting = new ArrayDeque<>();
    private long bytes;
    private long pausedUntil = System.nanoTime();
    private boolean closed;

    CommitQueue(String store, long bound) {
        this.store = store;
        this.bound = bound;
    }

    /** Adds them in their order, and waits for room. An append that is larger than the bound comes in alone. */
    synchronized void put(List<Append> appends) throws InterruptedException {
        for (Append append : appends) {
            while (!closed && !waiting.isEmpty() && (bytes + append.bytes() > bound || waiting.size() >= MOST_WORKS)) {
                wait();
            }
            add(append);
            bytes += append.bytes();
        }
    }

    synchronized void put(Task task) {
        add(task);
    }

    /**
     * Waits for work, and returns the oldest: the more appends wait, the fewer commits they need. During a pause there are
     * tasks only. Empty when there will be none.
     */
    synchronized List<Work> next() throws InterruptedException {
        List<Work> next = ready();
        while (next.isEmpty() && !(closed && waiting.isEmpty())) {
            // A moment more than the pause, which is never to become a wait without end
            wait(waiting.isEmpty() ? 0 : Math.max(0, (pausedUntil - System.nanoTime()) / 1_000_000) + 1);
            next = ready();
        }
        return next;
    }

    private List<Work> ready() {
        boolean paused = !closed && System.nanoTime() - pausedUntil < 0;
        List<Work> ready = new ArrayList<>();
        long readyBytes = 0;
        for (Work work : waiting) {
            if (readyBytes >= MOST_AT_ONCE) {
                break;
            }
            if (work instanceof Append append) {
                if (paused) {
                    continue;
                }
                readyBytes += append.bytes();
            }
            ready.add(work);
        }
        return ready;
    }

    /** Lets go of what is done. */
    synchronized void removeDone() {
        waiting.removeIf(work -> work.done().isDone());
        long left = 0;
        for (Work work : waiting) {
            left += work instanceof Append append ? append.bytes() : 0;
        }
        bytes = left;
        notifyAll();
    }

    /** Gives out no append for a while. */
    synchronized void pause(Duration pause) {
        pausedUntil = System.nanoTime() + pause.toNanos();
    }

    synchronized long waitingBytes() {
        return bytes;
    }

    /** Takes nothing more in; what is there is given out once more, without a pause. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    private void add(Work work) {
        if (closed) {
            throw new FrameStoreException("The frame store " + store + " is closed");
        }
        waiting.add(work);
        notifyAll();
    }
}
