package routes.replay.ingress;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import routes.replay.protocol.MessageKind;
import routes.replay.protocol.RecentlyUsed;
import routes.replay.protocol.SavantMessage;

/**
 * Notices lost messages by the numbers their senders give them. A gap is only worth a warning: the message is delivered
 * in any case. Not thread-safe.
 */
final class SequenceChecker {

    static final int CAPACITY = 512;

    private final Map<Stream, Long> lastNumbers = new RecentlyUsed<>(CAPACITY);

    /**
     * @return how many messages are missing before this one; empty when none is, which includes the first of a stream
     *     and one that starts over
     */
    OptionalLong missingBefore(SavantMessage message) {
        Stream stream = new Stream(message.systemId(), message.sourceId());
        Long last = lastNumbers.put(stream, message.seqId());
        if (message.kind() == MessageKind.END_OF_STREAM) {
            lastNumbers.remove(stream);
        }
        if (last == null || Long.compareUnsigned(message.seqId(), last + 1) <= 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(message.seqId() - last - 1);
    }

    private record Stream(Optional<String> systemId, Optional<String> sourceId) {}
}
