package routes.replay.job;

import java.util.List;
import java.util.stream.Stream;

/**
 * The routing labels of what a job sends.
 *
 * @param labels given with the job
 */
public record RoutingLabels(Mode mode, List<String> labels) {

    /** Those stored, unchanged. */
    public static final RoutingLabels BYPASS = new RoutingLabels(Mode.BYPASS, List.of());

    public RoutingLabels {
        labels = List.copyOf(labels);
    }

    public enum Mode {
        BYPASS,
        REPLACE,
        APPEND
    }

    public List<String> appliedTo(List<String> stored) {
        return switch (mode) {
            case BYPASS -> stored;
            case REPLACE -> labels;
            case APPEND -> Stream.concat(stored.stream(), labels.stream()).toList();
        };
    }
}
