package routes.platform.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/**
 * Takes the fields out of one JSON object and collects what is wrong with any of them. Objects nest: the problems of an
 * inner one are located under the name of its field. A null counts as absent.
 */
public final class JsonFields {

    /** Characters of a wrong value that are repeated to whoever has to correct it. */
    private static final int MAX_QUOTE = 200;

    private final JsonNode object;
    private final List<String> path;
    private final List<FieldProblem> problems;

    /** @throws IllegalArgumentException when it is no object */
    public JsonFields(JsonNode node) {
        this(JsonValues.object(node), List.of(), new ArrayList<>());
    }

    private JsonFields(JsonNode object, List<String> path, List<FieldProblem> problems) {
        this.object = object;
        this.path = path;
        this.problems = problems;
    }

    /**
     * Reads one value that is not a field of an object, such as the body of a request.
     *
     * @throws InvalidInputException with what is wrong, under that name
     */
    public static <T> T read(String name, JsonNode node, Function<JsonNode, T> reader) {
        List<FieldProblem> problems = new ArrayList<>();
        return read(List.of(name), node, reader, problems).orElseThrow(() -> new InvalidInputException(problems));
    }

    /** Null only when a problem was noted, hence never after {@link #throwIfAnyProblem()}. */
    @SuppressWarnings("NullAway")
    public <T> T required(String name, Function<JsonNode, T> reader) {
        Optional<JsonNode> node = find(name);
        if (node.isEmpty()) {
            problems.add(new FieldProblem(location(name), "missing", "is required", null));
            return null;
        }
        return read(location(name), node.get(), reader, problems).orElse(null);
    }

    /** @param reader may return null for a value that stands for none */
    public <T> Optional<T> optional(String name, Function<JsonNode, @Nullable T> reader) {
        return find(name).flatMap(node -> read(location(name), node, reader, problems));
    }

    /** The fields of the object that one of these fields holds; the problems of both are collected together. */
    public JsonFields within(String name) {
        JsonNode inner = required(name, JsonValues::object);
        return inner == null ? this : new JsonFields(inner, location(name), problems);
    }

    /** The fields of each object of an array, with the problems of all located under the array's name. */
    public List<JsonFields> each(String name) {
        JsonNode array = required(name, JsonValues::array);
        return array == null
                ? List.of()
                : StreamSupport.stream(array.spliterator(), false)
                        .map(element -> new JsonFields(element, location(name), problems))
                        .toList();
    }

    /** For objects in which a misspelt key must not go unnoticed. */
    public void refuseOthersThan(Collection<String> names) {
        object.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                problems.add(new FieldProblem(location(name), "extra_forbidden", "is not known here", null));
            }
        });
    }

    /** For what shows only when fields are compared. */
    public void problem(String name, String message) {
        problems.add(new FieldProblem(
                location(name),
                "value_error",
                message,
                find(name).map(JsonFields::quote).orElse(null)));
    }

    /** @throws InvalidInputException with every problem noted so far */
    public void throwIfAnyProblem() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private Optional<JsonNode> find(String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    private List<String> location(String name) {
        return join(path, List.of(name));
    }

    /** Empty when a problem was added, or the reader returned null. */
    static <T> Optional<T> read(
            List<String> location, JsonNode node, Function<JsonNode, @Nullable T> reader, List<FieldProblem> problems) {
        try {
            return Optional.ofNullable(reader.apply(node));
        } catch (InvalidInputException e) {
            e.problems()
                    .forEach(inner -> problems.add(new FieldProblem(
                            join(location, inner.location()), inner.code(), inner.message(), inner.input())));
        } catch (IllegalArgumentException e) {
            String message = e.getMessage() == null ? "is not valid" : e.getMessage();
            problems.add(new FieldProblem(location, "value_error", message, quote(node)));
        }
        return Optional.empty();
    }

    private static List<String> join(List<String> outer, List<String> inner) {
        List<String> joined = new ArrayList<>(outer);
        joined.addAll(inner);
        return joined;
    }

    private static String quote(JsonNode node) {
        String text = node.isTextual() ? node.textValue() : node.toString();
        return text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "…";
    }
}
