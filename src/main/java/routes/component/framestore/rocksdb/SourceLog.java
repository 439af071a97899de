package routes.component.framestore.rocksdb;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import routes.component.framestore.api.Watch;
import routes.component.framestore.rocksdb.record.SourceKeys;

/** A source as it is now, and who wants to be told of its next entry. */
final class SourceLog {

    private final SourceKeys keys;
    private volatile SourceState state;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();

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
        state = fresh;
        watchers.forEach(Runnable::run);
    }

    Watch watch(Runnable stored) {
        Runnable own = stored::run; // so that one runnable may watch twice
        watchers.add(own);
        return () -> watchers.remove(own);
    }
}
