package routes.component.framestore.rocksdb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import routes.component.framestore.api.FrameStoreException;
import routes.component.framestore.api.NewEntry;

/**
 * What waits for the writer, bounded in bytes: who brings more than fits waits. The writer takes all there is, up
 * to a bound, so that the more appends come at once the fewer commits they need.
 */
final class CommitQueue {

    private static final long MOST_AT_ONCE = 16 << 20;
    private static final int MOST_WORKS = 10_000;

    /** Something to do on the writer's thread. */
    sealed interface Work permits Append, Task {}

    /** Entries to be stored in one batch. */
    record Append(List<NewEntry> entries, long bytes, CompletableFuture<List<Long>> done) implements Work {}

    /** Any other change. */
    record Task(Runnable change) implements Work {}

    private final String store;
    private final long bound;
    private final Queue<Work> waiting = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    CommitQueue(String store, long bound) {
        this.store = store;
        this.bound = bound;
    }

    /** Waits for room. An append larger than all the room there is comes in alone. */
    synchronized void put(Append append) throws InterruptedException {
        while (!closed && !waiting.isEmpty() && (bytes + append.bytes() > bound || waiting.size() >= MOST_WORKS)) {
            wait();
        }
        add(append);
        bytes += append.bytes();
    }

    synchronized void put(Task task) {
        add(task);
    }

    /** Waits for work. Empty when there will be none. */
    synchronized List<Work> take() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        List<Work> taken = new ArrayList<>();
        long takenBytes = 0;
        while (!waiting.isEmpty() && takenBytes < MOST_AT_ONCE) {
            Work work = waiting.remove();
            taken.add(work);
            takenBytes += work instanceof Append append ? append.bytes() : 0;
        }
        bytes -= takenBytes;
        notifyAll();
        return taken;
    }

    synchronized long waitingBytes() {
        return bytes;
    }

    /** Takes nothing more in; what is there will still be taken out. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void add(Work work) {
        if (closed) {
            throw new FrameStoreException("The frame store " + store + " is closed");
        }
        waiting.add(work);
        notifyAll();
    }
}
