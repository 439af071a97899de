package routes.component.framestore.rocksdb;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.component.framestore.api.FrameStoreListener;
import routes.component.framestore.rocksdb.CommitQueue.Append;

/** Passes on what happens to the store. */
final class StoreStatistics {

    private static final Logger LOG = LoggerFactory.getLogger(StoreStatistics.class);

    private final FrameStoreListener listener;

    StoreStatistics(FrameStoreListener listener) {
        this.listener = listener;
    }

    void committed(List<Append> appends) {
        listener.onAppended(
                appends.stream().mapToLong(append -> append.entries().size()).sum(),
                appends.stream().mapToLong(Append::bytes).sum());
    }

    void failed(List<Append> appends) {
        listener.onFailed(
                appends.stream().mapToLong(append -> append.entries().size()).sum());
    }

    void removed(long entries, long bytes) {
        listener.onRemoved(entries, bytes);
    }

    void removalFailed(String sourceId, RuntimeException cause) {
        LOG.warn("Old blocks of {} could not be removed; tried again with the next append", sourceId, cause);
    }
}
