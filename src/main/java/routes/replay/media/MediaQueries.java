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
import routes.platform.rest.Parameters;
import routes.replay.protocol.FrameId;

/** What the HTTP operations on pictures and clips are asked, read from their checked parameters. */
public final class MediaQueries {

    public ThumbnailQuery thumbnail(Map<String, Object> headers) {
        Parameters given = new Parameters(headers);
        return new ThumbnailQuery(
                given.text("id").orElseThrow(),
                frameId("path", "uuid", given.text("uuid").orElseThrow()),
                PictureFormat.valueOf(given.text("format").orElse("jpeg").toUpperCase(Locale.ROOT)),
                given.get("width", Integer.class).orElse(ThumbnailQuery.OWN_WIDTH));
    }

    public ClipQuery clip(Map<String, Object> headers) {
        Parameters given = new Parameters(headers);
        ClipQuery.Start start = start(given);
        Optional<BigInteger> to = given.text("to").map(end -> time("to", end));
        if (start instanceof ClipQuery.At from && to.isPresent() && to.get().compareTo(from.createdNs()) < 0) {
            throw invalid(
                    "query",
                    "to",
                    "greater_than_equal",
                    "must not be before from",
                    given.text("to").orElse(null));
        }
        return new ClipQuery(
                given.text("id").orElseThrow(),
                ClipFormat.of(given.text("format").orElse("mp4")).orElseThrow(),
                start,
                new ClipQuery.End(
                        to, given.text("seconds").map(MediaQueries::nanoseconds), given.get("blocks", Long.class)));
    }

    private static ClipQuery.Start start(Parameters given) {
        Optional<String> anchor = given.text("anchor");
        Optional<String> from = given.text("from");
        if (anchor.isPresent() == from.isPresent()) {
            throw invalid("query", "from", "one_of", "give either from or anchor", from.orElse(null));
        }
        if (from.isPresent()) {
            return new ClipQuery.At(time("from", from.get()));
        }
        return new ClipQuery.Anchor(
                frameId("query", "anchor", anchor.orElseThrow()),
                given.get("before", Long.class).orElse(0L));
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

    private static InvalidInputException invalid(
            String in, String name, String code, String message, @Nullable String input) {
        return new InvalidInputException(List.of(new FieldProblem(List.of(in, name), code, message, input)));
    }
}
