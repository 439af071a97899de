package routes.imaging.event;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import routes.platform.json.JsonValues;

/**
 * Reads moments as producers and clients write them: ISO 8601 with an offset, or unix time in seconds or
 * milliseconds. A moment without an offset is refused, since nobody can tell which clock it was read from.
 */
public final class Timestamps {

    private static final Pattern UNIX = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,9})?");
    /** A number above this many seconds (the year 2603) is meant in milliseconds; the rule of the original's parser. */
    private static final BigDecimal MILLISECONDS_FROM = BigDecimal.valueOf(20_000_000_000L);

    /** More than any float has; BigDecimal would expand them all. */
    private static final int MAX_FRACTION = 30;

    private static final String WANTED = "must be a date and time with offset, like 2024-02-01T09:30:00Z or …+01:00";
    private static final int MAX_YEAR = 9999;
    /** The formatter alone would accept "2024-02-0109:30ZZ", because each of its alternatives is an optional part. */
    private static final Pattern ISO_SHAPE = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?([Zz]|[+-]\\d\\d(:?\\d\\d)?)");

    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private Timestamps() {}

    /** A moment and its text, either as it was given or, for a unix time, in ISO 8601 in UTC. */
    public record Parsed(OffsetDateTime time, String text) {}

    public static Parsed parse(String given) {
        String text = given.strip();
        if (UNIX.matcher(text).matches()) {
            return ofUnix(new BigDecimal(text));
        }
        if (!ISO_SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException(WANTED);
        }
        try {
            return new Parsed(withinYears(OffsetDateTime.parse(text, ISO)), text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(WANTED, e);
        }
    }

    /** Also of a number, which is unix time. */
    public static Parsed read(JsonNode node) {
        if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
            throw new IllegalArgumentException("is too large for a unix time");
        }
        return node.isNumber() ? ofUnix(node.decimalValue()) : parse(JsonValues.text(node));
    }

    static Parsed ofUnix(BigDecimal number) {
        if ((long) number.precision() - number.scale() > 15) {
            throw new IllegalArgumentException("is too large for a unix time");
        }
        if (number.scale() > MAX_FRACTION) {
            throw new IllegalArgumentException("has too many digits for a unix time");
        }
        BigDecimal seconds = number.abs().compareTo(MILLISECONDS_FROM) > 0 ? number.movePointLeft(3) : number;
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        long nanos = seconds.subtract(whole).movePointRight(9).longValue();
        OffsetDateTime time =
                Instant.ofEpochSecond(whole.longValueExact(), nanos).atOffset(ZoneOffset.UTC);
        return new Parsed(withinYears(time), time.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
    }

    /** Checked in UTC, since the object key has the year in UTC with four digits. */
    private static OffsetDateTime withinYears(OffsetDateTime time) {
        int year = time.withOffsetSameInstant(ZoneOffset.UTC).getYear();
        if (year < 0 || year > MAX_YEAR) {
            throw new IllegalArgumentException("must lie in the years 0 to 9999, in UTC");
        }
        return time;
    }
}
