package routes.component.framestore.rocksdb.record;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Buffers that are used again and again: as many as there ever were readers at the same moment. */
public final class RecordBuffers {

    private final Queue<RecordBuffer> free = new ConcurrentLinkedQueue<>();

    /** To be given back. */
    public RecordBuffer take() {
        RecordBuffer buffer = free.poll();
        return buffer == null ? new RecordBuffer() : buffer;
    }

    public void giveBack(RecordBuffer buffer) {
        free.add(buffer);
    }
}
