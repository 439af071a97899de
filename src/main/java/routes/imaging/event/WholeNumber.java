package routes.imaging.event;

import java.math.BigDecimal;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads a whole number in any spelling of a producer: {@code 7}, {@code 7.0} or {@code "7"}. */
public final class WholeNumber {

    private static final int MAX_DIGITS = 18;
    /** No valid number needs more, and BigDecimal takes minutes for a million digits. */
    private static final int MAX_TEXT = 64;

    private WholeNumber() {}

    public static Function<JsonNode, Integer> between(int min, int max) {
        return node -> {
            long value = of(node);
            if (value < min || value > max) {
                throw new IllegalArgumentException("must be from " + min + " to " + max);
            }
            return (int) value;
        };
    }

    static long of(JsonNode node) {
        if (!node.isNumber() && !node.isTextual()) {
            throw new IllegalArgumentException("must be a whole number");
        }
        if (node.isTextual() && node.textValue().length() > MAX_TEXT) {
            throw new IllegalArgumentException("is too long for a number");
        }
        if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
            throw new IllegalArgumentException(
                    Double.isNaN(node.doubleValue()) ? "must be a whole number" : "is too large");
        }
        try {
            BigDecimal number = node.isNumber()
                    ? node.decimalValue()
                    : new BigDecimal(node.textValue().strip());
            // 1e999999999 is a short text and a gigabyte as a number: look at its size before expanding it
            if ((long) number.precision() - number.scale() > MAX_DIGITS) {
                throw new IllegalArgumentException("is too large");
            }
            return number.longValueExact();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a whole number", e);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("must be a whole number, without a fraction", e);
        }
    }
}
