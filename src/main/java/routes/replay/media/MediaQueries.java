package routes.replay.media;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;
import routes.platform.media.clip.ClipFormat;
import routes.platform.media.picture.PictureFormat;
import routes.replay.protocol.FrameId;

/** Reads what the HTTP operations on pictures and clips are asked. Shapes were checked against the contract before. */
public final class MediaQueries {

    /** @param given path and query parameters */
    public ThumbnailQuery thumbnail(Map<String, Object> given) {
        return new ThumbnailQuery(
                text(given, "id").orElseThrow(),
                frameId("path", "uuid", text(given, "uuid").orElseThrow()),
                PictureFormat.valueOf(text(given, "format").orElse("jpeg").toUpperCase(Locale.ROOT)),
                text(given, "width").map(Integer::valueOf).orElse(ThumbnailQuery.OWN_WIDTH));
    }

    /** @param given path and query parameters */
    public ClipQuery clip(Map<String, Object> given) {
        ClipQuery.Start start = start(given);
        Optional<BigInteger> to = text(given, "to").map(end -> time("to", end));
        if (start instanceof ClipQuery.At from && to.isPresent() && to.get().compareTo(from.createdNs()) < 0) {
            throw invalid(
                    "query",
                    "to",
                    "greater_than_equal",
                    "must not be before from",
                    text(given, "to").orElse(null));
        }
        return new ClipQuery(
                text(given, "id").orElseThrow(),
                ClipFormat.of(text(given, "format").orElse("mp4")).orElseThrow(),
                start,
                new ClipQuery.End(
                        to,
                        text(given, "seconds").map(MediaQueries::nanoseconds),
                        text(given, "blocks").map(Long::valueOf)));
    }

    private static ClipQuery.Start start(Map<String, Object> given) {
        Optional<String> anchor = text(given, "anchor");
        Optional<String> from = text(given, "from");
        if (anchor.isPresent() == from.isPresent()) {
            throw invalid("query", "from", "one_of", "give either from or anchor", from.orElse(null));
        }
        if (from.isPresent()) {
            return new ClipQuery.At(time("from", from.get()));
        }
        return new ClipQuery.Anchor(
                frameId("query", "anchor", anchor.orElseThrow()),
                text(given, "before").map(Long::valueOf).orElse(0L));
    }

    private static BigInteger nanoseconds(String seconds) {
        return new BigDecimal(seconds).movePointRight(9).toBigInteger();
    }

    /** RFC 3339 with offset, or milliseconds since 1970. */
    private static BigInteger time(String name, String text) {
        try {
            if (!text.isEmpty() && text.chars().allMatch(Character::isDigit)) {
                return new BigInteger(text).multiply(BigInteger.valueOf(1_000_000));
            }
            // A plus sign that was not escaped arrives as a space
            return nanoseconds(OffsetDateTime.parse(text.replace(' ', '+')).toInstant());
        } catch (DateTimeException e) {
            throw invalid(
                    "query",
                    name,
                    "datetime_parsing",
                    "must be like 2026-01-31T12:00:00Z, or milliseconds since 1970",
                    text);
        }
    }

    private static BigInteger nanoseconds(Instant time) {
        return BigInteger.valueOf(time.getEpochSecond())
                .multiply(BigInteger.valueOf(1_000_000_000))
                .add(BigInteger.valueOf(time.getNano()));
    }

    private static FrameId frameId(String in, String name, String text) {
        try {
            return FrameId.parse(text);
        } catch (IllegalArgumentException e) {
            throw invalid(in, name, "uuid_parsing", String.valueOf(e.getMessage()), text);
        }
    }

    private static Optional<String> text(Map<String, Object> given, String name) {
        return Optional.ofNullable(given.get(name)).map(Object::toString);
    }

    private static InvalidInputException invalid(
            String in, String name, String code, String message, @Nullable String input) {
        return new InvalidInputException(List.of(new FieldProblem(List.of(in, name), code, message, input)));
    }
}
