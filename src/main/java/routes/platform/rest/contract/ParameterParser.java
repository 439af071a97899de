package routes.platform.rest.contract;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ValueRange;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import routes.platform.FieldProblem;

/**
 * Reads the text of a parameter as the type its contract declares. Codes and wording of the problems are those of
 * the original API's framework.
 */
class ParameterParser {

    private static final Pattern BARE_UUID = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern HYPHENATED_UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final ValueRange FOUR_DIGITS = ValueRange.of(1, 9999);

    /** The end of a time whose {@code +} was not escaped, so that it arrives as a space. */
    private static final Pattern LOST_PLUS = Pattern.compile(" (\\d\\d:?\\d\\d)$");

    /**
     * @param value Integer, Long, Boolean, OffsetDateTime, LocalDate, UUID or String
     * @param text the value in the spelling that the contract's own rules are checked against
     */
    record Parsed(Object value, String text) {}

    /** The text cannot be read as the declared type. */
    static final class UnreadableException extends Exception {

        private final transient FieldProblem problem;

        UnreadableException(Parameter parameter, String code, String message, String input) {
            super(message);
            problem = new FieldProblem(locationOf(parameter), code, message, input);
        }

        FieldProblem problem() {
            return problem;
        }
    }

    static List<String> locationOf(Parameter parameter) {
        return List.of(parameter.getIn(), parameter.getName());
    }

    Parsed parse(Parameter parameter, String text) throws UnreadableException {
        Schema<?> schema = parameter.getSchema();
        String type = typeOf(schema);
        String format = schema == null || schema.getFormat() == null ? "" : schema.getFormat();
        return switch (type) {
            case "integer" -> integer(parameter, text, format);
            case "boolean" -> bool(parameter, text);
            case "string" ->
                switch (format) {
                    case "date-time" -> dateTime(parameter, text);
                    case "date" -> date(parameter, text);
                    case "uuid" -> uuid(parameter, text);
                    default -> text(parameter, text);
                };
            default -> new Parsed(text, text);
        };
    }

    private static String typeOf(@Nullable Schema<?> schema) {
        return schema == null || schema.getType() == null ? "string" : schema.getType();
    }

    private static Parsed integer(Parameter parameter, String text, String format) throws UnreadableException {
        try {
            Number value = "int64".equals(format) ? (Number) Long.valueOf(text.strip()) : Integer.valueOf(text.strip());
            return new Parsed(value, value.toString());
        } catch (NumberFormatException e) {
            throw new UnreadableException(
                    parameter,
                    "int_parsing",
                    "Input should be a valid integer, unable to parse string as an integer",
                    text);
        }
    }

    private static Parsed bool(Parameter parameter, String text) throws UnreadableException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> new Parsed(Boolean.TRUE, "true");
            case "false", "0", "no", "off" -> new Parsed(Boolean.FALSE, "false");
            default ->
                throw new UnreadableException(
                        parameter, "bool_parsing", "Input should be a valid boolean, unable to interpret input", text);
        };
    }

    private static Parsed text(Parameter parameter, String text) throws UnreadableException {
        if (text.indexOf(0) >= 0) {
            throw new UnreadableException(
                    parameter,
                    "string_type",
                    "Input should not have the character U+0000, which cannot be stored",
                    text);
        }
        return new Parsed(text, text);
    }

    private static Parsed uuid(Parameter parameter, String text) throws UnreadableException {
        String hyphenated = BARE_UUID.matcher(text).matches()
                ? text.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")
                : text;
        // UUID.fromString alone would take 1-1-1-1-1.
        if (!HYPHENATED_UUID.matcher(hyphenated).matches()) {
            throw new UnreadableException(
                    parameter,
                    "uuid_parsing",
                    "Input should be a valid UUID, hyphenated or as 32 hexadecimal digits",
                    text);
        }
        UUID value = UUID.fromString(hyphenated);
        return new Parsed(value, value.toString());
    }

    private static Parsed date(Parameter parameter, String text) throws UnreadableException {
        try {
            LocalDate value = LocalDate.parse(text);
            if (!FOUR_DIGITS.isValidIntValue(value.getYear())) {
                throw new DateTimeException("RFC 3339 has years of four digits");
            }
            return new Parsed(value, value.toString());
        } catch (DateTimeException e) {
            throw new UnreadableException(
                    parameter, "date_parsing", "Input should be a valid date in the format YYYY-MM-DD", text);
        }
    }

    private static Parsed dateTime(Parameter parameter, String text) throws UnreadableException {
        String spelled = LOST_PLUS.matcher(text).replaceFirst("+$1").replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T");
        try {
            OffsetDateTime value = OffsetDateTime.parse(spelled);
            if (!FOUR_DIGITS.isValidIntValue(value.getYear())) {
                throw new DateTimeException("RFC 3339 has years of four digits");
            }
            return new Parsed(value, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(value));
        } catch (DateTimeException e) {
            if (isNaive(spelled)) {
                throw new UnreadableException(
                        parameter, "timezone_aware", "Input should have timezone info: Z or ±hh:mm at its end", text);
            }
            throw new UnreadableException(
                    parameter,
                    "datetime_from_date_parsing",
                    "Input should be a valid datetime in the format YYYY-MM-DDThh:mm:ssZ",
                    text);
        }
    }

    private static boolean isNaive(String text) {
        try {
            if (text.indexOf('T') < 0) {
                LocalDate.parse(text);
            } else {
                LocalDateTime.parse(text);
            }
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
