package routes.replay;

import java.time.Instant;
import java.util.Optional;

/**
 * An entry of the log, ready to be sent.
 *
 * @param arrival when it was recorded
 * @param frame of a video frame; empty for the end of a stream
 */
record PreparedEntry(long index, Instant arrival, JobMessage message, Optional<FrameHeader> frame) {}
