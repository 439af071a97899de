package routes.replay.protocol;

import java.util.Map;
import java.util.Optional;

/**
 * The numbers that a writer gives to its messages: 1, 2, 3, … for each source, starting over after the end of its stream.
 * Kinds that do not belong to one source share a counter. Not thread-safe.
 */
public final class SequenceCounter {

    static final int CAPACITY = 512;

    private final Map<Optional<String>, Long> lastNumbers = new RecentlyUsed<>(CAPACITY);

    /** Takes the number for one attempt to send. */
    public long next(OutgoingMessage message) {
        long number = lastNumbers.merge(message.sourceId(), 1L, Long::sum);
        if (message.kind() == MessageKind.END_OF_STREAM) {
            lastNumbers.remove(message.sourceId());
        }
        return number;
    }

    /** The last number of its source is free again; an earlier one is lost. */
    void giveBack(OutgoingMessage message, long number) {
        lastNumbers.replace(message.sourceId(), number, number - 1);
    }
}
