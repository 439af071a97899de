package routes.component.framestore.rocksdb;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import routes.component.framestore.api.Watch;
import routes.component.framestore.rocksdb.record.SourceKeys;

/** A source as it is now. Readers at its end wait here for the next entry. */
final class SourceLog {

    private final SourceKeys keys;
    private volatile SourceState state;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private boolean closed;

    SourceLog(SourceState state) {
        this.keys = new SourceKeys(state.sourceId());
        this.state = state;
    }

    SourceKeys keys() {
        return keys;
    }

    SourceState state() {
        return state;
    }

    /** Called when the new state is as durable as it will be. */
    void publish(SourceState fresh) {
        synchronized (this) {
            state = fresh;
            notifyAll();
        }
        watchers.forEach(Runnable::run);
    }

    Watch watch(Runnable stored) {
        Runnable own = stored::run; // so that one runnable may watch twice
        watchers.add(own);
        return () -> watchers.remove(own);
    }

    /** Waits for an entry at or after the index. False when there is none in time, or never will be. */
    synchronized boolean await(long index, long deadline) throws InterruptedException {
        while (state.next() <= index && !closed) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return !closed;
    }

    /** Lets go of those who wait. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
