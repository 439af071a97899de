package routes.replay;

import java.time.Instant;
import java.util.Optional;

/**
 * An entry of the log, ready to be sent.
 *
 * @param arrival when it was recorded
 * @param timeline where the time of the sent frames is with it; empty where they keep their own
 * @param frame as recorded, of a video frame; empty for the end of a stream
 */
record PreparedEntry(
        long index,
        Instant arrival,
        JobMessage message,
        Optional<TimelinePosition> timeline,
        Optional<FrameHeader> frame) {}
