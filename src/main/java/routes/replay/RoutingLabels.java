package routes.replay;

import java.util.List;
import java.util.stream.Stream;

/**
 * The routing labels of what a job sends.
 *
 * @param labels given with the job
 */
record RoutingLabels(Mode mode, List<String> labels) {

    /** Those stored, unchanged. */
    static final RoutingLabels BYPASS = new RoutingLabels(Mode.BYPASS, List.of());

    RoutingLabels {
        labels = List.copyOf(labels);
    }

    enum Mode {
        BYPASS,
        REPLACE,
        APPEND
    }

    List<String> appliedTo(List<String> stored) {
        return switch (mode) {
            case BYPASS -> stored;
            case REPLACE -> labels;
            case APPEND -> Stream.concat(stored.stream(), labels.stream()).toList();
        };
    }
}
