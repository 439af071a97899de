package routes.platform.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/**
 * Takes the fields out of one JSON object and collects what is wrong with all of them. Objects nest: the problems of an
 * inner one are found under the name of its field. A null counts as absent.
 */
public final class JsonFields {

    /** Of a wrong value, repeated to whoever has to correct it. */
    private static final int MAX_QUOTE = 200;

    private final JsonNode object;
    private final List<FieldProblem> problems = new ArrayList<>();

    /** @throws IllegalArgumentException when it is no object */
    public JsonFields(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("must be an object");
        }
        this.object = node;
    }

    /** Null only when a problem was noted, hence never after {@link #throwIfAnyProblem()}. */
    @SuppressWarnings("NullAway")
    public <T> T required(String name, Function<JsonNode, T> reader) {
        Optional<JsonNode> node = find(name);
        if (node.isEmpty()) {
            problems.add(new FieldProblem(List.of(name), "missing", "is required", null));
            return null;
        }
        return read(name, node.get(), reader, problems).orElse(null);
    }

    public <T> Optional<T> optional(String name, Function<JsonNode, T> reader) {
        return find(name).flatMap(node -> read(name, node, reader, problems));
    }

    /** For objects in which a misspelt key must not go unnoticed. */
    public void refuseOthersThan(Collection<String> names) {
        object.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                problems.add(new FieldProblem(List.of(name), "extra_forbidden", "is not known here", null));
            }
        });
    }

    /** For what shows only when fields are compared. */
    public void problem(String name, String message) {
        problems.add(new FieldProblem(
                List.of(name),
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

    /** Empty when a problem was added. */
    public static <T> Optional<T> read(
            String name, JsonNode node, Function<JsonNode, T> reader, List<FieldProblem> problems) {
        try {
            return Optional.of(reader.apply(node));
        } catch (InvalidInputException e) {
            e.problems().forEach(problem -> problems.add(under(name, problem)));
        } catch (IllegalArgumentException e) {
            problems.add(new FieldProblem(List.of(name), "value_error", message(e), quote(node)));
        }
        return Optional.empty();
    }

    private static FieldProblem under(String name, FieldProblem problem) {
        List<String> location = new ArrayList<>(problem.location());
        location.add(0, name);
        return new FieldProblem(location, problem.code(), problem.message(), problem.input());
    }

    private static String message(Exception e) {
        @Nullable String message = e.getMessage();
        return message == null ? "is not valid" : message;
    }

    private static String quote(JsonNode node) {
        String text = node.isTextual() ? node.textValue() : node.toString();
        return text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "…";
    }
}
