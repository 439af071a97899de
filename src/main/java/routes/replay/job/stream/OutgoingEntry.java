package routes.replay.job.stream;

import java.time.Instant;
import java.util.Optional;

import routes.replay.job.TimelinePosition;
import routes.replay.protocol.FrameHeader;

/**
 * An entry of the log that is ready to be sent.
 *
 * @param arrival when it was recorded
 * @param timeline where the timeline is after this entry; empty where frames keep their own timestamps
 * @param frame the header of a video frame as recorded; empty for the end of a stream
 */
record OutgoingEntry(
        long index,
        Instant arrival,
        JobMessage message,
        Optional<TimelinePosition> timeline,
        Optional<FrameHeader> frame) {}
