package routes.replay.job.stream;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much of a job without pacing goes to its sink at once: little at first, so that the first frame is not late; twice as much
 * whenever the sink took everything; half as much when it did not, since the jobs that share the socket wait meanwhile.
 */
final class BatchSize {

    static final int MOST_FRAMES = 64;
    static final long LEAST_BYTES = 64 << 10;
    static final long MOST_BYTES = 1 << 20;

    /** What all jobs together may have ready, as long as each may have the least. */
    private static final long ALL_BYTES = 32 << 20;

    private final AtomicInteger readers;
    private int frames = 1;
    private long bytes = LEAST_BYTES;

    /** @param readers how many jobs share the memory, this one among them */
    BatchSize(AtomicInteger readers) {
        this.readers = readers;
    }

    int frames() {
        return frames;
    }

    /** Size of messages and data; the message that exceeds it is the last one of the batch. */
    long bytes() {
        long share = ALL_BYTES / Math.max(1, readers.get());
        return Math.min(bytes, Math.max(LEAST_BYTES, share));
    }

    /** @param all whether the sink took everything that was handed over */
    void taken(boolean all) {
        frames = all ? Math.min(MOST_FRAMES, frames * 2) : Math.max(1, frames / 2);
        bytes = all ? Math.min(MOST_BYTES, bytes * 2) : Math.max(LEAST_BYTES, bytes / 2);
    }
}
