package routes.imaging.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/** Takes fields out of one JSON object and collects what is wrong with them, in words for whoever sent it. */
public final class JsonFields {

    private static final Logger LOG = LoggerFactory.getLogger(JsonFields.class);
    /** Of a wrong value, repeated to whoever has to correct it. */
    private static final int MAX_QUOTE = 200;

    private final JsonNode object;
    private final List<String> path;
    private final List<FieldProblem> problems;

    public JsonFields(JsonNode object) {
        this(object, List.of(), new ArrayList<>());
    }

    private JsonFields(JsonNode object, List<String> path, List<FieldProblem> problems) {
        this.object = object;
        this.path = path;
        this.problems = problems;
    }

    public <T> T required(String name, Function<JsonNode, T> reader) {
        return required(name, Optional.empty(), reader);
    }

    /** Null only when a problem was noted, hence never after {@link #throwIfAnyProblem()}. */
    @SuppressWarnings("NullAway")
    public <T> T required(String name, Optional<String> alias, Function<JsonNode, T> reader) {
        Optional<JsonNode> node = find(name);
        Optional<JsonNode> other = alias.flatMap(this::find);
        if (node.isPresent() && other.isPresent() && !node.equals(other)) {
            LOG.warn("Event has {}={} and {}={}; {} is used", name, node.get(), alias.get(), other.get(), name);
        }
        Optional<JsonNode> chosen = node.isPresent() ? node : other;
        if (chosen.isEmpty()) {
            problems.add(new FieldProblem(location(name), "missing", "is required", null));
            return null;
        }
        return read(node.isPresent() ? name : alias.orElseThrow(), chosen.get(), reader);
    }

    public <T> Optional<T> optional(String name, Function<JsonNode, @Nullable T> reader) {
        return find(name).map(node -> read(name, node, reader));
    }

    /** The fields of an object that is one of these fields, with one list of problems for both. */
    JsonFields within(String name) {
        JsonNode inner = required(name, JsonFields::object);
        return new JsonFields(inner == null ? object : inner, inner == null ? path : location(name), problems);
    }

    public void throwIfAnyProblem() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    public static String text(JsonNode node) {
        if (!node.isTextual()) {
            throw new IllegalArgumentException("must be a string");
        }
        return node.textValue();
    }

    static String nonEmptyText(JsonNode node) {
        String text = text(node);
        if (text.isBlank()) {
            throw new IllegalArgumentException("must not be empty");
        }
        return text;
    }

    public static int integer(JsonNode node, int min, int max) {
        long value = WholeNumber.of(node);
        if (value < min || value > max) {
            throw new IllegalArgumentException("must be from " + min + " to " + max);
        }
        return (int) value;
    }

    public static UUID uuid(JsonNode node) {
        return RefId.parse(text(node));
    }

    public static EventType eventType(JsonNode node) {
        return EventType.ofLabel(text(node)).orElseThrow(() -> new IllegalArgumentException("must be stitch or video"));
    }

    /** A moment, and how it was written. */
    public static Timestamps.Parsed timestamp(JsonNode node) {
        if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
            throw new IllegalArgumentException("is too large for a unix time");
        }
        return node.isNumber() ? Timestamps.ofUnix(node.decimalValue()) : Timestamps.parse(text(node));
    }

    private static JsonNode object(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("must be a JSON object");
        }
        return node;
    }

    private Optional<JsonNode> find(String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    private List<String> location(String name) {
        List<String> location = new ArrayList<>(path);
        location.add(name);
        return location;
    }

    private static String quote(JsonNode node) {
        String text = node.isTextual() ? node.textValue() : node.toString();
        return text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "…";
    }

    private <T> @Nullable T read(String name, JsonNode node, Function<JsonNode, @Nullable T> reader) {
        try {
            return reader.apply(node);
        } catch (IllegalArgumentException e) {
            problems.add(new FieldProblem(location(name), "value_error", e.getMessage(), quote(node)));
            return null;
        }
    }
}
