package routes.replay;

import java.util.Optional;

/**
 * How far a job has come: what has to be known to go on after a restart.
 *
 * @param start index of the entry it began with
 * @param position index of the entry to be sent next; everything before it was sent
 * @param frames video frames sent
 * @param bytes of data frames sent
 * @param lastFrame the video frame sent last
 * @param stopCondition what remains of it; empty once it is fulfilled
 */
record JobCheckpoint(
        long start,
        long position,
        long frames,
        long bytes,
        Optional<FrameId> lastFrame,
        Optional<StopCondition> stopCondition) {

    static JobCheckpoint startingAt(long index, StopCondition stopCondition) {
        return new JobCheckpoint(index, index, 0, 0, Optional.empty(), Optional.of(stopCondition));
    }

    JobCheckpoint at(long index) {
        return new JobCheckpoint(start, index, frames, bytes, lastFrame, stopCondition);
    }

    JobCheckpoint with(Optional<StopCondition> remaining) {
        return new JobCheckpoint(start, position, frames, bytes, lastFrame, remaining);
    }

    /** A frame was sent, the one before {@code next}. */
    JobCheckpoint after(FrameId frame, long size, long next, Optional<StopCondition> remaining) {
        return new JobCheckpoint(start, next, frames + 1, bytes + size, Optional.of(frame), remaining);
    }
}
