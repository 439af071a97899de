package routes.replay.job;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;
import routes.platform.json.JsonDuration;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;

/**
 * The request that the timestamps of all frames of a job go on without jumps.
 *
 * @param start what the first frame gets, in units of its time base: as its decoding time if it has one, else as its
 *     presentation time; absent: the frame keeps its own
 * @param maxGap gaps between two frames that are longer than this are closed
 */
public record ContiguousPts(OptionalLong start, Duration maxGap) {

    static final Duration DEFAULT_MAX_GAP = Duration.ofSeconds(1);

    /** Greater numbers lose precision in JSON clients. */
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
