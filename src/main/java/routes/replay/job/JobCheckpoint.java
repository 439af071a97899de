package routes.replay.job;

import java.util.Optional;

import routes.replay.protocol.FrameId;

/**
 * How far a job has come: all that is needed to continue it after a restart.
 *
 * @param part of the job that is sent, from 0
 * @param start index of the entry the job began with
 * @param position index of the entry to be sent next; everything before it was sent
 * @param frames video frames sent
 * @param bytes of data frames sent
 * @param lastFrame the video frame sent last
 * @param timeline where the timeline is; empty before the first frame and where frames keep their own timestamps
 * @param stopCondition what remains of that of the part; empty once it is fulfilled
 */
public record JobCheckpoint(
        int part,
        long start,
        long position,
        long frames,
        long bytes,
        Optional<FrameId> lastFrame,
        Optional<TimelinePosition> timeline,
        Optional<StopCondition> stopCondition) {

    public static JobCheckpoint startingAt(long index, StopCondition stopCondition) {
        return new JobCheckpoint(0, index, index, 0, 0, Optional.empty(), Optional.empty(), Optional.of(stopCondition));
    }

    public JobCheckpoint at(long index) {
        return new JobCheckpoint(part, start, index, frames, bytes, lastFrame, timeline, stopCondition);
    }

    /** The job continues elsewhere, with the keyframe there. */
    public JobCheckpoint movedTo(long index) {
        return new JobCheckpoint(part, start, index, frames, bytes, lastFrame, cutTimeline(), stopCondition);
    }

    /** The next part begins. */
    public JobCheckpoint inPart(int number, long index, StopCondition stopCondition) {
        return new JobCheckpoint(
                number, start, index, frames, bytes, lastFrame, cutTimeline(), Optional.of(stopCondition));
    }

    private Optional<TimelinePosition> cutTimeline() {
        return timeline.map(TimelinePosition::cut);
    }

    public JobCheckpoint with(Optional<StopCondition> remaining) {
        return new JobCheckpoint(part, start, position, frames, bytes, lastFrame, timeline, remaining);
    }

    /**
     * A frame was sent.
     *
     * @param index of its entry
     * @param dataBytes that it had
     */
    public JobCheckpoint after(
            FrameId frame,
            long index,
            long dataBytes,
            Optional<TimelinePosition> timelineWithIt,
            Optional<StopCondition> remaining) {
        return new JobCheckpoint(
                part, start, index + 1, frames + 1, bytes + dataBytes, Optional.of(frame), timelineWithIt, remaining);
    }
}
