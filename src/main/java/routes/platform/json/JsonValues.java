package routes.platform.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/** Takes values out of JSON as strictly as the original: a number is not a text, and 1.0 is not a whole number. */
public final class JsonValues {

    private JsonValues() {}

    public static String text(JsonNode node) {
        if (!node.isTextual()) {
            throw new IllegalArgumentException("must be a string");
        }
        return node.textValue();
    }

    public static Instant instant(JsonNode node) {
        try {
            return OffsetDateTime.parse(text(node)).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a time with its zone, such as 2026-01-01T12:00:00Z", e);
        }
    }

    public static String nonEmptyText(JsonNode node) {
        String text = text(node);
        if (text.isEmpty()) {
            throw new IllegalArgumentException("must not be empty");
        }
        return text;
    }

    public static boolean truth(JsonNode node) {
        if (!node.isBoolean()) {
            throw new IllegalArgumentException("must be true or false");
        }
        return node.booleanValue();
    }

    public static Function<JsonNode, Long> wholeNumber(long min, long max) {
        return node -> {
            if (!node.isIntegralNumber()
                    || !node.canConvertToLong()
                    || node.longValue() < min
                    || node.longValue() > max) {
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
        if (!node.isArray()) {
            throw new IllegalArgumentException("must be an array");
        }
        List<T> values = new ArrayList<>();
        List<FieldProblem> problems = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            JsonFields.read(Integer.toString(i), node.get(i), element, problems).ifPresent(values::add);
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return values;
    }
}
