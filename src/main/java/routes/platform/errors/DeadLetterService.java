package routes.platform.errors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.jspecify.annotations.Nullable;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;
import routes.platform.NotFoundException;

/** The operations of the dead-letter API, on requests as they come: query parameters and path parts are headers. */
public class DeadLetterService {

    private static final int DEFAULT_LIMIT = 50;
    private static final int LARGEST_LIMIT = 500;

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
     * A letter in full, its fields beside these; headers and body are given in a readable form instead.
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
        Reader reader = new Reader(request);
        DeadLetterFilter filter = reader.filter();
        int limit = (int) reader.number("limit", DEFAULT_LIMIT, 1, LARGEST_LIMIT);
        long offset = reader.number("offset", 0, 0, Long.MAX_VALUE);
        reader.complain();
        return new Page(letters.list(filter, limit, offset), letters.count(filter), limit, offset);
    }

    public Detail show(@Header("id") String id) throws IOException {
        return detail(existing(number(id)));
    }

    public Decision requeue(@Header("id") String id) {
        DeadLetterRepository.Stored found = existing(number(id));
        String obstacle = found.letter().obstacle();
        if (obstacle != null) {
            throw refused(id, "Dead letter " + id + " cannot be requeued: " + obstacle);
        }
        if (!letters.queue(found.id(), clock.instant())) {
            throw refused(id, "Dead letter " + id + " is " + statusOf(found.id()) + "; only dead ones can be requeued");
        }
        return new Decision(found.id(), DeadLetterStatus.QUEUED.text());
    }

    /** All dead letters that fit the filter and can be requeued. At least one condition, so that none means none. */
    public Queued requeueAll(@Headers Map<String, Object> request) {
        Reader reader = new Reader(request);
        DeadLetterFilter filter = reader.filter();
        if (filter.equals(new DeadLetterFilter(null, null, null, null, null, null))) {
            reader.problem("route", "missing", "Say which: route, exception, reason, since or until", null);
        }
        reader.complain();
        return new Queued(letters.queueAll(filter, clock.instant()));
    }

    public Decision discard(@Header("id") String id) {
        DeadLetterRepository.Stored found = existing(number(id));
        if (!letters.discard(found.id(), clock.instant())) {
            throw refused(
                    id, "Dead letter " + id + " is " + statusOf(found.id()) + " or being sent; it cannot be discarded");
        }
        return new Decision(found.id(), DeadLetterStatus.DISCARDED.text());
    }

    private DeadLetterRepository.Stored existing(long id) {
        return letters.find(id).orElseThrow(() -> new NotFoundException("There is no dead letter " + id));
    }

    private String statusOf(long id) {
        return letters.find(id).map(DeadLetterRepository.Stored::status).orElse("gone");
    }

    private static InvalidInputException refused(String id, String message) {
        return new InvalidInputException(List.of(new FieldProblem(List.of("path", "id"), "wrong_status", message, id)));
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(
                    List.of(new FieldProblem(List.of("path", "id"), "int_parsing", "The id is a whole number", id)));
        }
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

    /** Reads query parameters and collects everything that is wrong with them. */
    private static final class Reader {

        private final Map<String, Object> request;
        private final List<FieldProblem> problems = new ArrayList<>();

        Reader(Map<String, Object> request) {
            this.request = request;
        }

        DeadLetterFilter filter() {
            return new DeadLetterFilter(
                    status(), text("route"), text("exception"), text("reason"), time("since"), time("until"));
        }

        long number(String name, long byDefault, long least, long most) {
            String given = text(name);
            if (given == null) {
                return byDefault;
            }
            try {
                long number = Long.parseLong(given);
                if (number >= least && number <= most) {
                    return number;
                }
                problem(name, "out_of_range", "It must be between " + least + " and " + most, given);
            } catch (NumberFormatException e) {
                problem(name, "int_parsing", "It must be a whole number", given);
            }
            return byDefault;
        }

        void problem(String name, String code, String message, @Nullable String given) {
            problems.add(new FieldProblem(List.of("query", name), code, message, given));
        }

        void complain() {
            if (!problems.isEmpty()) {
                throw new InvalidInputException(problems);
            }
        }

        private @Nullable DeadLetterStatus status() {
            String given = text("status");
            if (given == null) {
                return null;
            }
            Optional<DeadLetterStatus> status = Arrays.stream(DeadLetterStatus.values())
                    .filter(candidate -> candidate.text().equals(given))
                    .findFirst();
            if (status.isEmpty()) {
                problem("status", "enum", "It must be dead, queued, requeued or discarded", given);
            }
            return status.orElse(null);
        }

        private @Nullable Instant time(String name) {
            String given = text(name);
            if (given == null) {
                return null;
            }
            try {
                OffsetDateTime time = OffsetDateTime.parse(given);
                if (time.getYear() < 1 || time.getYear() > 9999) {
                    throw new DateTimeException("RFC 3339 has years of four digits");
                }
                return time.toInstant();
            } catch (DateTimeException e) {
                problem(name, "datetime_parsing", "It must be a time with zone, as 2026-02-28T12:00:00Z", given);
                return null;
            }
        }

        private @Nullable String text(String name) {
            Object given = request.get(name);
            return given == null || given.toString().isBlank() ? null : given.toString();
        }
    }
}
