package routes.replay.job.stream.pacing;

import java.util.OptionalLong;

import routes.replay.protocol.FrameHeader;

/** Notices timestamps that go backward, in paced and in fast jobs alike. One instance a job; not thread-safe. */
final class TimestampOrder {

    private OptionalLong last = OptionalLong.empty();

    /** Whether this frame is before the one asked about last. Equal timestamps are in order. */
    boolean isBackward(FrameHeader frame) {
        boolean backward = last.isPresent() && frame.bestTimestamp() < last.getAsLong();
        last = OptionalLong.of(frame.bestTimestamp());
        return backward;
    }
}
