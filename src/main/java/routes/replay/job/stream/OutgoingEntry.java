package routes.replay.job.stream;

import java.time.Instant;
import java.util.Optional;

import routes.replay.job.TimelinePosition;
import routes.replay.protocol.FrameHeader;

/**
 * An entry of the log, ready to be sent.
 *
 * @param arrival when it was recorded
 * @param timeline where the time of the sent frames is with it; empty where they keep their own
 * @param frame as recorded, of a video frame; empty for the end of a stream
 */
record OutgoingEntry(
        long index,
        Instant arrival,
        JobMessage message,
        Optional<TimelinePosition> timeline,
        Optional<FrameHeader> frame) {}
