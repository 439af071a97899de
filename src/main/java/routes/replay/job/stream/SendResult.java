package routes.replay.job.stream;

import java.util.Optional;

/**
 * What became of messages that were handed to a sink.
 *
 * @param accepted how many messages are done, from the first on: the sink took them, or acknowledged them where its kind of
 *     socket does
 * @param problem why none is done
 * @param fatal whether trying again is useless
 */
public record SendResult(int accepted, Optional<String> problem, boolean fatal) {

    public static SendResult of(int accepted) {
        return new SendResult(accepted, Optional.empty(), false);
    }

    /** They are handed over again. */
    public static SendResult failed(String problem) {
        return new SendResult(0, Optional.of(problem), false);
    }

    /** The job cannot go on with them. */
    public static SendResult fatal(String problem) {
        return new SendResult(0, Optional.of(problem), true);
    }
}
