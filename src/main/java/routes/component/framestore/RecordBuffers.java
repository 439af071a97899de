package routes.component.framestore;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Buffers that are used again and again: as many as there ever were readers at the same moment. */
final class RecordBuffers {

    private final Queue<RecordBuffer> free = new ConcurrentLinkedQueue<>();

    /** To be given back. */
    RecordBuffer take() {
        RecordBuffer buffer = free.poll();
        return buffer == null ? new RecordBuffer() : buffer;
    }

    void giveBack(RecordBuffer buffer) {
        free.add(buffer);
    }
}
