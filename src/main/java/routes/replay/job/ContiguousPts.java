package routes.replay.job;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;
import routes.platform.json.JsonDuration;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;

/**
 * The wish that timestamps of all frames of a job go on without jumps.
 *
 * @param start the first frame gets this number, in units of its time base, as decoding time if it has one and else as
 *     presentation time; absent: it keeps what it has
 * @param maxGap a longer time between two frames is closed
 */
public record ContiguousPts(OptionalLong start, Duration maxGap) {

    static final Duration DEFAULT_MAX_GAP = Duration.ofSeconds(1);

    /** What clients write and read in JSON without loss. */
    private static final long MOST_START = (1L << 53) - 1;

    public static ContiguousPts read(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        Optional<Long> start = fields.optional("start", JsonValues.wholeNumber(0, MOST_START));
        Optional<Duration> maxGap = fields.optional("max_gap", JsonDuration::read);
        fields.throwIfAnyProblem();
        return new ContiguousPts(
                start.map(OptionalLong::of).orElse(OptionalLong.empty()), maxGap.orElse(DEFAULT_MAX_GAP));
    }
}
