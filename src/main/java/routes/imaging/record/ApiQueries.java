package routes.imaging.record;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import routes.imaging.event.EventType;
import routes.imaging.event.Timestamps;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;
import routes.platform.json.JsonBody;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;
import routes.platform.rest.Parameters;
import routes.platform.sql.SqlTimes;

/**
 * Turns the parameters of the contract's operations into the named parameters of their SQL statements. A filter that
 * was not given is null; defaults and bounds are those of the contract.
 */
public final class ApiQueries {

    private static final Duration DEFAULT_WINDOW = Duration.ofHours(24);

    private final Clock clock;
    private final List<String> streams;
    private final JsonBody bodies;

    /** @param streams that an operator may name */
    ApiQueries(Clock clock, List<String> streams, JsonBody bodies) {
        this.clock = clock;
        this.streams = List.copyOf(streams);
        this.bodies = bodies;
    }

    public Map<String, Object> exports(Map<String, Object> headers) {
        OffsetDateTime now = SqlTimes.of(clock.instant());
        Map<String, Object> query = events(headers);
        query.putIfAbsent("start", now.minus(DEFAULT_WINDOW));
        query.putIfAbsent("end", now);
        return query;
    }

    /** Events and archives have the same filters, as far as their contract knows them. */
    public Map<String, Object> events(Map<String, Object> headers) {
        Parameters given = new Parameters(headers);
        Map<String, Object> query = new HashMap<>();
        query.put("limit", given.get("limit", Integer.class).orElseThrow());
        query.put("offset", given.get("offset", Integer.class).orElseThrow());
        query.put("start", given.get("start", OffsetDateTime.class).orElse(null));
        query.put("end", given.get("end", OffsetDateTime.class).orElse(null));
        query.put(
                "event_type",
                given.filter("event_type")
                        .map(EventType::require)
                        .map(EventType::name)
                        .orElse(null));
        query.put("experiment_id", given.filter("experiment_id").orElse(null));
        query.put("system", given.filter("system").orElse(null));
        query.put("state", given.filter("state").orElse(null));
        return query;
    }

    /** Events of a span of time: from {@code start} on, up to but without {@code end}; both with offset. */
    public Map<String, Object> backlog(String body) {
        JsonFields fields = new JsonFields(bodies.read(body));
        Map<String, Object> query = new HashMap<>();
        query.put(
                "start", fields.required("start", node -> Timestamps.read(node).time()));
        query.put("end", fields.required("end", node -> Timestamps.read(node).time()));
        query.put("system", fields.optional("system", JsonValues::nonBlankText).orElse(null));
        fields.throwIfAnyProblem();
        return query;
    }

    /** The stream that the body of a request names, which must be one of the workflow's. */
    public String stream(String body) {
        String stream = bodies.read(body).path("stream").asText();
        if (!streams.contains(stream)) {
            throw new InvalidInputException(
                    new FieldProblem(List.of("body", "stream"), "enum", "must be one of " + streams, stream));
        }
        return stream;
    }

    /**
     * Whether the answer is wanted as CSV: by the parameter {@code format}, else by the media type that the check
     * against the contract chose from the header {@code Accept}.
     */
    public boolean wantsCsv(Map<String, Object> headers) {
        Parameters given = new Parameters(headers);
        return given.text("format")
                .map("csv"::equals)
                .orElseGet(() -> given.text("Content-Type").orElse("").startsWith("text/csv"));
    }
}
