package routes.platform.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/** Reads values as strictly as serde does: a number is not a text, and 1.0 is not a whole number. */
public final class JsonValues {

    private JsonValues() {}

    public static String text(JsonNode node) {
        return require(node, JsonNode::isTextual, "must be a string").textValue();
    }

    public static Instant instant(JsonNode node) {
        try {
            return OffsetDateTime.parse(text(node)).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a time with its zone, such as 2026-01-01T12:00:00Z", e);
        }
    }

    public static String nonEmptyText(JsonNode node) {
        return require(text(node), text -> !text.isEmpty(), "must not be empty");
    }

    public static String nonBlankText(JsonNode node) {
        return require(text(node), text -> !text.isBlank(), "must not be empty");
    }

    static JsonNode object(JsonNode node) {
        return require(node, JsonNode::isObject, "must be an object");
    }

    static JsonNode array(JsonNode node) {
        return require(node, JsonNode::isArray, "must be an array");
    }

    private static <T> T require(T value, Predicate<T> condition, String message) {
        if (!condition.test(value)) {
            throw new IllegalArgumentException(message);
        }
        return value;
    }

    public static boolean truth(JsonNode node) {
        return require(node, JsonNode::isBoolean, "must be true or false").booleanValue();
    }

    public static Function<JsonNode, Long> wholeNumber(long min, long max) {
        return node -> {
            boolean fits = node.isIntegralNumber()
                    && node.canConvertToLong()
                    && node.longValue() >= min
                    && node.longValue() <= max;
            if (!fits) {
                throw new IllegalArgumentException("must be a whole number from " + min + " to " + max);
            }
            return node.longValue();
        };
    }

    public static Function<JsonNode, Integer> smallNumber(int min, int max) {
        return node -> wholeNumber(min, max).apply(node).intValue();
    }

    public static double number(JsonNode node) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw new IllegalArgumentException("must be a number");
        }
        return node.doubleValue();
    }

    /** Of single precision. */
    public static float smallFloat(JsonNode node) {
        float number = (float) number(node);
        if (!Float.isFinite(number)) {
            throw new IllegalArgumentException("must be at most " + Float.MAX_VALUE);
        }
        return number;
    }

    /** Collects what is wrong with any of the elements, each under its number. */
    public static <T> List<T> list(JsonNode node, Function<JsonNode, T> element) {
        array(node);
        List<T> values = new ArrayList<>();
        List<FieldProblem> problems = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            JsonFields.read(List.of(Integer.toString(i)), node.get(i), element, problems)
                    .ifPresent(values::add);
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return values;
    }
}
