package routes.imaging;

import java.io.IOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/**
 * Reads an event file. Two spellings of two fields are in use, the documented {@code img_count} and
 * {@code img_dir} and the aliases {@code image_count} and {@code path}; the documented one wins. Unknown fields are
 * ignored, every wrong one is reported.
 */
final class EventReader {

    private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);
    private static final DateTimeFormatter BASIC_DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final Pattern EXPERIMENT_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    /** LocalDate alone also takes years of five digits and negative ones, which the experiment id cannot spell. */
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private static final int MAX_PLATE = 999;
    /** Of a wrong value, repeated to whoever has to correct it. */
    private static final int MAX_QUOTE = 200;

    private final ObjectReader json;

    EventReader(ObjectMapper json) {
        this.json = ForeignJson.reader(json);
    }

    /**
     * @throws UnreadableJsonException when the bytes are not one JSON object
     * @throws InvalidInputException when a field is missing or wrong; it names each of them
     */
    ImagingEvent read(byte[] bytes) {
        JsonNode raw = parse(bytes);
        Fields fields = new Fields(raw);
        UUID refId = fields.required("timestep_id", EventReader::uuid);
        Integer plate = fields.required("plate", node -> integer(node, 0, MAX_PLATE));
        LocalDate crossDate = fields.required("cross_date", EventReader::date);
        Integer position = fields.required("position", node -> integer(node, Integer.MIN_VALUE, Integer.MAX_VALUE));
        EventTimestamp timestamp = fields.required("timestamp", EventTimestamp::of);
        Integer imageCount =
                fields.required("img_count", Optional.of("image_count"), node -> integer(node, 0, Integer.MAX_VALUE));
        String imageDir = fields.required("img_dir", Optional.of("path"), EventReader::nonEmptyText);
        Optional<String> experimentId = fields.optional("experiment_id", EventReader::experimentId);
        EventType type = fields.optional("event_type", EventReader::eventType).orElse(EventType.STITCH);
        fields.throwIfAnyProblem();
        return new ImagingEvent(
                refId,
                plate,
                crossDate,
                position,
                timestamp.time(),
                timestamp.text(),
                imageCount,
                imageDir,
                experimentId.orElseGet(() -> crossDate.format(BASIC_DATE) + "_" + String.format("%03d", plate)),
                type,
                raw);
    }

    private JsonNode parse(byte[] bytes) {
        JsonNode node;
        try {
            node = json.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new UnreadableJsonException("not valid JSON: " + ForeignJson.explain(e));
        } catch (IOException e) {
            throw new UnreadableJsonException("not valid JSON: " + e.getMessage());
        }
        if (node.isMissingNode()) {
            throw new UnreadableJsonException("the file is empty");
        }
        if (!node.isObject()) {
            throw new InvalidInputException(List.of(new FieldProblem(
                    List.of("file"), "dict_type", "must hold one JSON object, holds " + node.getNodeType(), null)));
        }
        return node;
    }

    private static UUID uuid(JsonNode node) {
        return RefId.parse(text(node));
    }

    private static int integer(JsonNode node, int min, int max) {
        long value = WholeNumber.of(node);
        if (value < min || value > max) {
            throw new IllegalArgumentException("must be from " + min + " to " + max);
        }
        return (int) value;
    }

    private static LocalDate date(JsonNode node) {
        String text = text(node);
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be a day of the calendar, like 2024-01-15", e);
        }
        throw new IllegalArgumentException("must be a date like 2024-01-15");
    }

    private static Optional<String> blankAsAbsent(JsonNode node) {
        return Optional.of(text(node)).filter(text -> !text.isBlank());
    }

    private static @Nullable String experimentId(JsonNode node) {
        Optional<String> id = blankAsAbsent(node);
        if (id.isPresent() && !EXPERIMENT_ID.matcher(id.get()).matches()) {
            throw new IllegalArgumentException("must be 1 to 128 of the characters A-Z a-z 0-9 . _ -");
        }
        if (id.isPresent() && (id.get().equals(".") || id.get().equals(".."))) {
            throw new IllegalArgumentException("must not be a relative path");
        }
        return id.orElse(null);
    }

    private static EventType eventType(JsonNode node) {
        return EventType.ofLabel(text(node)).orElseThrow(() -> new IllegalArgumentException("must be stitch or video"));
    }

    private static String nonEmptyText(JsonNode node) {
        return blankAsAbsent(node).orElseThrow(() -> new IllegalArgumentException("must not be empty"));
    }

    private static String text(JsonNode node) {
        if (!node.isTextual()) {
            throw new IllegalArgumentException("must be a string");
        }
        return node.textValue();
    }

    /** When the time step was imaged, and how that was written. */
    private record EventTimestamp(OffsetDateTime time, String text) {

        static EventTimestamp of(JsonNode node) {
            if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
                throw new IllegalArgumentException("is too large for a unix time");
            }
            Timestamps.Parsed parsed =
                    node.isNumber() ? Timestamps.ofUnix(node.decimalValue()) : Timestamps.parse(EventReader.text(node));
            return new EventTimestamp(parsed.time(), parsed.text());
        }
    }

    /** Takes fields out of one JSON object and collects what is wrong with them. */
    private static final class Fields {

        private final JsonNode object;
        private final List<FieldProblem> problems = new ArrayList<>();

        Fields(JsonNode object) {
            this.object = object;
        }

        <T> T required(String name, Function<JsonNode, T> reader) {
            return required(name, Optional.empty(), reader);
        }

        /** Null only when a problem was noted, hence never after {@link #throwIfAnyProblem()}. */
        @SuppressWarnings("NullAway")
        <T> T required(String name, Optional<String> alias, Function<JsonNode, T> reader) {
            Optional<JsonNode> node = find(name);
            Optional<JsonNode> other = alias.flatMap(this::find);
            if (node.isPresent() && other.isPresent() && !node.equals(other)) {
                LOG.warn("Event has {}={} and {}={}; {} is used", name, node.get(), alias.get(), other.get(), name);
            }
            Optional<JsonNode> chosen = node.isPresent() ? node : other;
            if (chosen.isEmpty()) {
                problems.add(new FieldProblem(List.of(name), "missing", "is required", null));
                return null;
            }
            return read(node.isPresent() ? name : alias.orElseThrow(), chosen.get(), reader);
        }

        <T> Optional<T> optional(String name, Function<JsonNode, @Nullable T> reader) {
            return find(name).map(node -> read(name, node, reader));
        }

        void throwIfAnyProblem() {
            if (!problems.isEmpty()) {
                throw new InvalidInputException(problems);
            }
        }

        private Optional<JsonNode> find(String name) {
            return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
        }

        private static String quote(JsonNode node) {
            String text = node.isTextual() ? node.textValue() : node.toString();
            return text.length() <= MAX_QUOTE ? text : text.substring(0, MAX_QUOTE) + "…";
        }

        private <T> @Nullable T read(String name, JsonNode node, Function<JsonNode, @Nullable T> reader) {
            try {
                return reader.apply(node);
            } catch (IllegalArgumentException e) {
                problems.add(new FieldProblem(List.of(name), "value_error", e.getMessage(), quote(node)));
                return null;
            }
        }
    }
}
