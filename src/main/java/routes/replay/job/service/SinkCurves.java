package routes.replay.job.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;
import routes.replay.job.JobDefinition;
import routes.replay.socket.CurveKeys;

/**
 * The keys of CURVE that jobs may use, by their names in the configuration. A job knows only a name, so that no secret gets
 * into requests, rows and endpoints.
 */
final class SinkCurves {

    /** Has the component take a value from Camel's registry, which keeps it out of the endpoint's URI. */
    private static final String REFERENCE = "#bean:";

    private final Map<String, CurveKeys> keys;

    SinkCurves(Map<String, CurveKeys> keys) {
        this.keys = Map.copyOf(keys);
    }

    /** @throws InvalidInputException the job names keys that do not exist */
    void require(JobDefinition job) {
        Optional<String> name = job.request().sink().curve();
        if (name.isPresent() && !keys.containsKey(name.get())) {
            throw new InvalidInputException(List.of(new FieldProblem(
                    List.of("body", "sink", "curve"),
                    "value_error",
                    "does not name any keys; an operator has to add them as replay.jobs.sink-curve." + name.get(),
                    name.get())));
        }
    }

    /** The keys of a job's sink, with a reference in place of the secret. */
    CurveKeys of(JobDefinition job) {
        return job.request()
                .sink()
                .curve()
                .map(name -> Optional.ofNullable(keys.get(name))
                        .map(found -> found.withSecret(REFERENCE + secretName(name)))
                        .orElseThrow(() -> new IllegalStateException("the keys replay.jobs.sink-curve." + name
                                + " no longer exist; add them again and create a new job")))
                .orElse(CurveKeys.NONE);
    }

    /** Secret keys by the names that endpoints refer to them by. */
    Map<String, String> secrets() {
        return keys.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(entry -> secretName(entry.getKey()), entry -> entry.getValue()
                        .secretKey()));
    }

    private static String secretName(String name) {
        return "replay-sink-curve-" + name;
    }
}
