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
 * The keys of CURVE that jobs may use, by the names under which the configuration has them. A job knows a name only, so
 * that no secret is in requests, rows and endpoints.
 */
final class SinkCurves {

    /** Makes the component take a value out of Camel's registry, and keeps it out of the endpoint's URI. */
    private static final String REFERENCE = "#bean:";

    private final Map<String, CurveKeys> keys;

    SinkCurves(Map<String, CurveKeys> keys) {
        this.keys = Map.copyOf(keys);
    }

    /** @throws InvalidInputException the job names keys that there are not */
    void require(JobDefinition job) {
        Optional<String> name = job.request().sink().curve();
        if (name.isPresent() && !keys.containsKey(name.get())) {
            throw new InvalidInputException(List.of(new FieldProblem(
                    List.of("body", "sink", "curve"),
                    "value_error",
                    "is the name of no keys; an operator has to add them as replay.jobs.sink-curve." + name.get(),
                    name.get())));
        }
    }

    /** Of a job's sink, with a reference in the place of the secret. */
    CurveKeys of(JobDefinition job) {
        return job.request()
                .sink()
                .curve()
                .map(name -> Optional.ofNullable(keys.get(name))
                        .map(found -> found.withSecret(REFERENCE + secretName(name)))
                        .orElseThrow(() -> new IllegalStateException("there are no keys replay.jobs.sink-curve." + name
                                + " any more; add them again and make the job anew")))
                .orElse(CurveKeys.NONE);
    }

    /** Secret keys by the names that endpoints refer to. */
    Map<String, String> secrets() {
        return keys.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(entry -> secretName(entry.getKey()), entry -> entry.getValue()
                        .secretKey()));
    }

    private static String secretName(String name) {
        return "replay-sink-curve-" + name;
    }
}
