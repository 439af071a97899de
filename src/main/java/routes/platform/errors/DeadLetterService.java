package routes.platform.errors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;
import routes.platform.NotFoundException;
import routes.platform.rest.Parameters;

/** The operations of the dead-letter API. */
@Component
public class DeadLetterService {

    private static final DeadLetterFilter ANY = DeadLetterFilter.of(null);

    private final DeadLetterRepository letters;
    private final HeaderCodec headerCodec;
    private final Clock clock;

    DeadLetterService(DeadLetterRepository letters, HeaderCodec headerCodec, Clock clock) {
        this.letters = letters;
        this.headerCodec = headerCodec;
        this.clock = clock;
    }

    /** One page, newest first; {@code count} is the number of letters on all pages. */
    public record Page(List<DeadLetterRepository.Summary> items, long count, int limit, long offset) {}

    /** What became of a letter. */
    public record Decision(long id, String status) {}

    /** How many letters were queued. */
    public record Queued(int queued) {}

    /**
     * A complete letter. Its own fields stand beside these; headers and body are replaced by a readable form.
     *
     * @param bodyEncoding {@code text} or {@code base64}, null without a body
     */
    public record Detail(
            long id,
            String status,
            Instant changedAt,
            @JsonUnwrapped @JsonIgnoreProperties({"headers", "body"}) DeadLetter letter,
            Map<String, HeaderCodec.StoredHeader> headers,
            String bodyType,
            @Nullable String bodyDetail,
            long bodySize,
            @Nullable String bodyEncoding,
            @Nullable String body) {}

    public Page list(@Headers Map<String, Object> request) {
        Parameters given = new Parameters(request);
        DeadLetterFilter filter = filter(given);
        int limit = given.get("limit", Integer.class).orElseThrow();
        long offset = given.get("offset", Long.class).orElseThrow();
        return new Page(letters.list(filter, limit, offset), letters.count(filter), limit, offset);
    }

    public Detail show(@Header("id") long id) throws IOException {
        return detail(existing(id));
    }

    public Decision requeue(@Header("id") long id) {
        DeadLetterRepository.Stored found = existing(id);
        String obstacle = found.letter().obstacle();
        if (obstacle != null) {
            throw refused(id, "Dead letter " + id + " cannot be requeued: " + obstacle);
        }
        if (!letters.queue(id, clock.instant())) {
            throw refused(id, "Dead letter " + id + " is " + statusOf(id) + "; only dead ones can be requeued");
        }
        return new Decision(id, DeadLetterStatus.QUEUED.text());
    }

    /**
     * Queues all dead letters that fit the filter and can be requeued. At least one condition is needed, so that a
     * request without any does not requeue everything.
     */
    public Queued requeueAll(@Headers Map<String, Object> request) {
        DeadLetterFilter filter = filter(new Parameters(request));
        if (filter.equals(ANY)) {
            throw new InvalidInputException(new FieldProblem(
                    List.of("query", "route"),
                    "missing",
                    "Give at least one of route, exception, reason, since and until",
                    null));
        }
        return new Queued(letters.queueAll(filter, clock.instant()));
    }

    public Decision discard(@Header("id") long id) {
        existing(id);
        if (!letters.discard(id, clock.instant())) {
            throw refused(id, "Dead letter " + id + " is " + statusOf(id) + " or being sent; it cannot be discarded");
        }
        return new Decision(id, DeadLetterStatus.DISCARDED.text());
    }

    private DeadLetterRepository.Stored existing(long id) {
        return letters.find(id).orElseThrow(() -> new NotFoundException("There is no dead letter " + id));
    }

    private String statusOf(long id) {
        return letters.find(id).map(DeadLetterRepository.Stored::status).orElse("gone");
    }

    private static InvalidInputException refused(long id, String message) {
        return new InvalidInputException(
                new FieldProblem(List.of("path", "id"), "wrong_status", message, Long.toString(id)));
    }

    private static DeadLetterFilter filter(Parameters given) {
        return new DeadLetterFilter(
                given.filter("status")
                        .map(status -> DeadLetterStatus.valueOf(status.toUpperCase(Locale.ROOT)))
                        .orElse(null),
                given.filter("route").orElse(null),
                given.filter("exception").orElse(null),
                given.filter("reason").orElse(null),
                given.get("since", OffsetDateTime.class)
                        .map(OffsetDateTime::toInstant)
                        .orElse(null),
                given.get("until", OffsetDateTime.class)
                        .map(OffsetDateTime::toInstant)
                        .orElse(null));
    }

    private Detail detail(DeadLetterRepository.Stored stored) throws IOException {
        DeadLetter letter = stored.letter();
        byte[] bytes = letter.body().bytes();
        String text = bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
        boolean readable = text != null && Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes);
        return new Detail(
                stored.id(),
                stored.status(),
                stored.changedAt(),
                letter,
                headerCodec.stored(letter.headers()),
                letter.body().type().name().toLowerCase(Locale.ROOT),
                letter.body().detail(),
                letter.body().size(),
                bytes == null ? null : readable ? "text" : "base64",
                bytes == null ? null : readable ? text : Base64.getEncoder().encodeToString(bytes));
    }
}
