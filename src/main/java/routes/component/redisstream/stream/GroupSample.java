package routes.component.redisstream.stream;

import java.time.Duration;

/**
 * The state of a stream and one group of it at one moment.
 *
 * @param length entries in the stream
 * @param pending entries delivered to any consumer of the group and not acknowledged
 * @param oldestPending age of the oldest of these since it was added; zero when there is none
 * @param lag entries not yet delivered to the group; -1 when the server cannot tell (before Redis 7)
 */
public record GroupSample(long length, long pending, Duration oldestPending, long lag) {

    static final GroupSample NONE = new GroupSample(0, 0, Duration.ZERO, -1);
}
