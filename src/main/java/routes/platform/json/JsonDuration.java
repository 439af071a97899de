package routes.platform.json;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reads a duration as the original writes it, {@code {"secs": 1, "nanos": 500000000}} or {@code [1, 500000000]}, or
 * as text in ISO 8601 ({@code PT1H}) or in the form of settings ({@code 8h}).
 */
public final class JsonDuration {

    private static final String SECS = "secs";
    private static final String NANOS = "nanos";
    private static final BigInteger MAX_SECS =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);
    private static final long MAX_NANOS = 0xFFFF_FFFFL;
    /** Leaves room for a carry; no duration in use is that long. */
    private static final BigInteger FOR_EVER = BigInteger.valueOf(Long.MAX_VALUE - 5);

    private static final Pattern SIMPLE = Pattern.compile("([0-9]{1,18})(ns|us|ms|s|m|h|d)");

    private JsonDuration() {}

    /**
     * Nanoseconds from 10<sup>9</sup> on carry into the seconds. Seconds are unsigned; values from 2<sup>63</sup> on
     * are reduced to the largest that fits.
     *
     * @throws IllegalArgumentException when it has none of the forms
     * @throws routes.platform.InvalidInputException when a key is missing, unknown or out of range
     */
    public static Duration read(JsonNode node) {
        if (node.isTextual()) {
            return parse(node.textValue());
        }
        if (node.isArray()) {
            if (node.size() != 2) {
                throw new IllegalArgumentException("must have two elements, seconds and nanoseconds");
            }
            return Duration.ofSeconds(secs(node.get(0)), nanos(node.get(1)));
        }
        JsonFields fields = new JsonFields(node);
        fields.refuseOthersThan(List.of(SECS, NANOS));
        Long secs = fields.required(SECS, JsonDuration::secs);
        Long nanos = fields.required(NANOS, JsonDuration::nanos);
        fields.throwIfAnyProblem();
        return Duration.ofSeconds(secs, nanos);
    }

    private static Duration parse(String text) {
        try {
            Matcher simple = SIMPLE.matcher(text);
            Duration duration = simple.matches()
                    ? Duration.of(Long.parseLong(simple.group(1)), unit(simple.group(2)))
                    : Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // said below
        }
        throw new IllegalArgumentException("must be a duration such as PT1H or 8h, and not below zero");
    }

    private static ChronoUnit unit(String suffix) {
        return switch (suffix) {
            case "ns" -> ChronoUnit.NANOS;
            case "us" -> ChronoUnit.MICROS;
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            default -> ChronoUnit.DAYS;
        };
    }

    /** For a socket's timeout, which counts whole milliseconds and must not be zero. */
    public static Duration readTimeout(JsonNode node) {
        Duration duration = read(node);
        if (duration.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("must be at least one millisecond");
        }
        if (duration.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("must be at most " + Integer.MAX_VALUE + " milliseconds");
        }
        return Duration.ofMillis(duration.toMillis());
    }

    private static long secs(JsonNode node) {
        if (!node.isIntegralNumber()
                || node.bigIntegerValue().signum() < 0
                || node.bigIntegerValue().compareTo(MAX_SECS) > 0) {
            throw new IllegalArgumentException("must be a whole number from 0 to " + MAX_SECS);
        }
        return node.bigIntegerValue().min(FOR_EVER).longValueExact();
    }

    private static long nanos(JsonNode node) {
        return JsonValues.wholeNumber(0, MAX_NANOS).apply(node);
    }

    public static ObjectNode write(Duration duration) {
        return JsonNodeFactory.instance
                .objectNode()
                .put(SECS, duration.getSeconds())
                .put(NANOS, duration.getNano());
    }
}
