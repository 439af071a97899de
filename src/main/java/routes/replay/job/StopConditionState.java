package routes.replay.job;

import java.util.Optional;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What remains of a stop condition, in the form that a restart needs: as listings show it, together with what it is measured
 * from. The time during which the process was not running does not count.
 */
public final class StopConditionState {

    private static final String REMAINING = "remaining";
    private static final String FIRST = "first_timestamp";
    private static final String ELAPSED = "elapsed_ns";

    private StopConditionState() {}

    /** @param now of the clock that the condition was started by */
    public static JsonNode write(Optional<StopCondition> condition, long now) {
        ObjectNode memory = JsonNodeFactory.instance.objectNode();
        condition.ifPresent(remaining -> {
            memory.set(REMAINING, remaining.toJson());
            if (remaining instanceof StopCondition.TimestampDelta delta) {
                delta.first().ifPresent(first -> memory.put(FIRST, first));
            } else if (remaining instanceof StopCondition.RealTimeDelta delta) {
                delta.start().ifPresent(start -> memory.put(ELAPSED, now - start));
            }
        });
        return memory;
    }

    /**
     * @param now of the clock that the condition goes on by
     * @return empty when it was fulfilled
     */
    public static Optional<StopCondition> read(JsonNode memory, long now) {
        return Optional.ofNullable(memory.get(REMAINING))
                .map(StopCondition::read)
                .map(condition -> measured(condition, memory, now));
    }

    private static StopCondition measured(StopCondition condition, JsonNode memory, long now) {
        if (condition instanceof StopCondition.TimestampDelta delta && memory.has(FIRST)) {
            return new StopCondition.TimestampDelta(
                    delta.maxDelta(), OptionalLong.of(memory.get(FIRST).longValue()));
        }
        if (condition instanceof StopCondition.RealTimeDelta && memory.has(ELAPSED)) {
            return condition.startedAt(now - memory.get(ELAPSED).longValue());
        }
        return condition;
    }
}
