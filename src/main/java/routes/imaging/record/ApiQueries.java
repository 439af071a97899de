package routes.imaging.record;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import routes.imaging.event.EventType;
import routes.imaging.event.RefId;
import routes.imaging.event.Timestamps;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/**
 * Parameters of the HTTP queries, as the named parameters of their SQL statements: defaults filled in, a filter that
 * was not given as null. Shapes and bounds were checked against the OpenAPI contract before.
 */
public final class ApiQueries {

    private static final Duration DEFAULT_WINDOW = Duration.ofHours(24);
    private static final int EXPORTS_LIMIT = 500;
    private static final int ARCHIVES_LIMIT = 100;
    private static final int EVENTS_LIMIT = 500;
    private static final int DAYS = 7;

    private final Clock clock;
    private final List<String> streams;

    /** @param streams that an operator may name */
    ApiQueries(Clock clock, List<String> streams) {
        this.clock = clock;
        this.streams = List.copyOf(streams);
    }

    public Map<String, Object> exports(Map<String, Object> given) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        Map<String, Object> query = page(given, EXPORTS_LIMIT);
        query.put("start", time(given, "start").orElse(now.minus(DEFAULT_WINDOW)));
        query.put("end", time(given, "end").orElse(now));
        query.put("event_type", eventType(given).orElse(EventType.STITCH.name()));
        query.put("experiment_id", text(given, "experiment_id").orElse(null));
        query.put("system", text(given, "system").orElse(null));
        return query;
    }

    public Map<String, Object> archives(Map<String, Object> given) {
        Map<String, Object> query = page(given, ARCHIVES_LIMIT);
        query.put("event_type", eventType(given).orElse(null));
        query.put("experiment_id", text(given, "experiment_id").orElse(null));
        return query;
    }

    public Map<String, Object> events(Map<String, Object> given) {
        Map<String, Object> query = page(given, EVENTS_LIMIT);
        query.put("start", time(given, "start").orElse(null));
        query.put("end", time(given, "end").orElse(null));
        query.put("event_type", eventType(given).orElse(null));
        query.put("experiment_id", text(given, "experiment_id").orElse(null));
        query.put("system", text(given, "system").orElse(null));
        query.put("state", text(given, "state").orElse(null));
        return query;
    }

    public Map<String, Object> days(Map<String, Object> given) {
        Map<String, Object> query = new HashMap<>();
        query.put("days", number(given, "days").orElse(DAYS));
        return query;
    }

    /** Events of a span of time: from {@code start} on, up to but without {@code end}; both with offset. */
    public Map<String, Object> backlog(Map<String, Object> given) {
        Map<String, Object> query = new HashMap<>();
        query.put("start", time(given, "start").orElseThrow(() -> missing("start")));
        query.put("end", time(given, "end").orElseThrow(() -> missing("end")));
        query.put("system", text(given, "system").orElse(null));
        return query;
    }

    /** @param name of the path parameter that holds a UUID in either spelling */
    public Map<String, Object> id(Map<String, Object> given, String name) {
        Map<String, Object> query = new HashMap<>();
        query.put(name, uuid(given, name));
        return query;
    }

    /**
     * @param given body of the request
     * @return the stream it names, which must be one of the workflow's
     */
    public String stream(Map<String, Object> given) {
        String stream = text(given, "stream").orElse("");
        if (!streams.contains(stream)) {
            throw invalid("body", "stream", "enum", "must be one of " + streams, stream);
        }
        return stream;
    }

    /**
     * Whether the answer is wanted as CSV: by the parameter {@code format}, else by the media type that the check
     * against the contract chose from the header {@code Accept}.
     */
    public boolean wantsCsv(Map<String, Object> given) {
        return text(given, "format")
                .map("csv"::equalsIgnoreCase)
                .orElseGet(() -> text(given, "Content-Type").orElse("").startsWith("text/csv"));
    }

    private static UUID uuid(Map<String, Object> given, String name) {
        String text = text(given, name).orElse("");
        try {
            return RefId.parse(text);
        } catch (IllegalArgumentException e) {
            throw invalid("path", name, "uuid_parsing", e.getMessage(), text);
        }
    }

    private static Map<String, Object> page(Map<String, Object> given, int defaultLimit) {
        Map<String, Object> query = new HashMap<>();
        query.put("limit", number(given, "limit").orElse(defaultLimit));
        query.put("offset", number(given, "offset").orElse(0));
        return query;
    }

    private static Optional<String> text(Map<String, Object> given, String name) {
        return Optional.ofNullable(given.get(name)).map(String::valueOf).filter(text -> !text.isBlank());
    }

    private static Optional<Integer> number(Map<String, Object> given, String name) {
        return text(given, name).map(text -> {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw invalid("query", name, "int_parsing", "must be a whole number", text);
            }
        });
    }

    private static Optional<String> eventType(Map<String, Object> given) {
        return text(given, "event_type").map(text -> EventType.ofLabel(text)
                .map(EventType::name)
                .orElseThrow(() -> invalid("query", "event_type", "enum", "must be stitch or video", text)));
    }

    private static Optional<OffsetDateTime> time(Map<String, Object> given, String name) {
        return text(given, name).map(text -> {
            try {
                return Timestamps.parse(plusRestored(text)).time();
            } catch (IllegalArgumentException e) {
                throw invalid("query", name, "datetime_from_date_parsing", e.getMessage(), text);
            }
        });
    }

    /** An unescaped plus in a query arrives as a space: {@code 2024-02-01T00:00:00 01:00}. */
    private static String plusRestored(String text) {
        return text.strip().replaceFirst(" (?=\\d{2}:?\\d{2}$)", "+");
    }

    private static InvalidInputException missing(String name) {
        return new InvalidInputException(
                List.of(new FieldProblem(List.of("query", name), "missing", "is required", null)));
    }

    private static InvalidInputException invalid(String in, String name, String code, String message, String input) {
        return new InvalidInputException(
                List.of(new FieldProblem(List.of(in, name.toLowerCase(Locale.ROOT)), code, message, input)));
    }
}
