package routes.replay.job.stream;

/**
 * How much of a fast job goes to its sink at once: little at first, so that the first frame is not late; twice as much
 * whenever the sink took all of it; half when it did not, since those that share the socket wait meanwhile.
 */
final class BatchSize {

    static final int MOST_FRAMES = 64;
    static final long LEAST_BYTES = 64 << 10;
    static final long MOST_BYTES = 1 << 20;

    /** Which all jobs may have ready together, if each of them may have the least. */
    private static final long ALL_BYTES = 32 << 20;

    private final ReadingJobs readers;
    private int frames = 1;
    private long bytes = LEAST_BYTES;

    /** @param readers which share the memory, this job among them */
    BatchSize(ReadingJobs readers) {
        this.readers = readers;
    }

    int frames() {
        return frames;
    }

    /** Of messages and data; the one that crosses it is the last. */
    long bytes() {
        long share = ALL_BYTES / Math.max(1, readers.count());
        return Math.min(bytes, Math.max(LEAST_BYTES, share));
    }

    /** @param all of what was handed over */
    void taken(boolean all) {
        frames = all ? Math.min(MOST_FRAMES, frames * 2) : Math.max(1, frames / 2);
        bytes = all ? Math.min(MOST_BYTES, bytes * 2) : Math.max(LEAST_BYTES, bytes / 2);
    }
}
