package routes.replay;

import java.util.Optional;

/**
 * What became of messages that were handed to a sink.
 *
 * @param accepted how many the sink took, or acknowledged where its kind of socket does, from the first on
 * @param problem why it took none
 */
record Handover(int accepted, Optional<String> problem) {

    static Handover of(int accepted) {
        return new Handover(accepted, Optional.empty());
    }

    static Handover failed(String problem) {
        return new Handover(0, Optional.of(problem));
    }
}
