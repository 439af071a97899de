package routes.replay.recording;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import routes.component.framestore.api.FrameStore;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/**
 * The entries of a source that arrived within a time.
 *
 * @param from first index
 * @param to last index; {@link Long#MAX_VALUE} includes everything that is yet to come
 */
record ArrivalRange(long from, long to) {

    private static final long ALL = Long.MAX_VALUE;

    /**
     * @param first moment, inclusive; absent: from the beginning
     * @param last moment, inclusive; absent: all that follows
     * @return empty when nothing arrived within it
     * @throws InvalidInputException the last moment lies before the first
     */
    static Optional<ArrivalRange> find(
            FrameStore store, String source, Optional<Instant> first, Optional<Instant> last) {
        if (first.isPresent() && last.isPresent() && last.get().isBefore(first.get())) {
            throw new InvalidInputException(
                    List.of(new FieldProblem(List.of("to"), "value_error", "must not be before from", null)));
        }
        long end = store.source(source).map(known -> known.nextIndex()).orElse(0L);
        long from =
                first.map(time -> store.arrivedFrom(source, time).orElse(end)).orElse(0L);
        long to = last.map(time -> store.arrivedFrom(source, time.plusNanos(1)).orElse(end) - 1)
                .orElse(ALL);
        return from <= to && (from < end || to == ALL) ? Optional.of(new ArrivalRange(from, to)) : Optional.empty();
    }

    static Optional<Instant> moment(@Nullable Object parameter) {
        return parameter instanceof OffsetDateTime time ? Optional.of(time.toInstant()) : Optional.empty();
    }
}
