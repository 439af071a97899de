package routes.imaging.event;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;
import routes.platform.json.LenientJson;
import routes.platform.sql.SqlTimes;

/**
 * Writes and reads entries of the two streams. Written entries always have the original's form, one field {@code
 * data} with a JSON object; the flat form of its later releases and of its producers, with one field for each
 * attribute and nested objects as JSON, can also be read.
 */
public final class StreamMessages {

    private static final String SOURCE = "src_dir_info";
    private static final Set<String> OBJECTS = Set.of(SOURCE, "checksum");
    /** Texts that stand for an absent value where every value is text. */
    private static final Set<String> ABSENT = Set.of("", "None", "null");

    private static final String DEFAULT_SYSTEM = "prince";
    /** Leaves room for what we put around it below Jackson's limit for writing, which is 1,000. */
    private static final int MAX_DEPTH = 990;

    private final ObjectMapper json;
    private final ObjectReader foreign;

    public StreamMessages(ObjectMapper json) {
        this.json = json;
        this.foreign = LenientJson.reader(json, MAX_DEPTH);
    }

    public String writeEvent(PendingEvent pending) {
        ImagingEvent event = pending.event();
        ObjectNode rawMetadata = json.createObjectNode();
        rawMetadata.set("event", event.raw());
        rawMetadata.set("metadata", pending.metadata().orElse(NullNode.getInstance()));
        return write(new NewImagingEvent(
                event.refId(),
                event.experimentId(),
                event.timestampText(),
                event.type(),
                pending.share().system(),
                new NewImagingEvent.Source(
                        pending.stagingPath().orElse(null),
                        event.imageDir(),
                        event.imageCount(),
                        pending.imageCountActual(),
                        rawMetadata),
                event.position(),
                event.plate(),
                event.crossDate(),
                null));
    }

    /** @param row of {@code list-events-to-publish-again.sql} */
    public String writeRecordedEvent(Map<String, Object> row) {
        return write(recordedEvent(row));
    }

    /** @param row of {@code show-event.sql}, of an event whose present images are to replace its object */
    public String writeEventToUploadAgain(Map<String, Object> row) {
        return write(recordedEvent(row).uploadedAgain());
    }

    /** @param row of {@code show-event.sql} or {@code list-events-to-publish-again.sql} */
    public NewImagingEvent recordedEvent(Map<String, Object> row) {
        return new NewImagingEvent(
                RefId.parse(row.get("ref_id").toString()),
                (String) row.get("experiment_id"),
                SqlTimes.instantOf(row.get("timestamp")).toString(),
                EventType.require((String) row.get("type")),
                (String) row.get("system"),
                new NewImagingEvent.Source(
                        (String) row.get("staging_path"),
                        (String) row.get("local_path"),
                        (Integer) row.get("img_count"),
                        (Integer) row.get("img_count_actual"),
                        tree((String) row.get("raw_metadata"))),
                (Integer) row.get("position"),
                (Integer) row.get("plate"),
                row.get("cross_date") == null
                        ? null
                        : LocalDate.parse(row.get("cross_date").toString()),
                null);
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The database holds metadata that is not JSON", e);
        }
    }

    public String writeExport(NewExport export) {
        return write(export);
    }

    private String write(Object message) {
        try {
            return json.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stream message cannot be written as JSON", e);
        }
    }

    /**
     * Reads an entry in any of its forms: ours, with {@code src_dir_info}; or that of the original's producers, whose
     * fields of the source are at the top level and which may omit what is always the same.
     *
     * @throws InvalidInputException naming every field that is missing or wrong
     */
    public NewImagingEvent readEvent(Object body) {
        ObjectNode entry = read(body);
        JsonFields fields = new JsonFields(entry);
        JsonFields source = entry.hasNonNull(SOURCE) ? fields.within(SOURCE) : fields;
        UUID refId = fields.required("ref_id", RefId::read);
        String experimentId = fields.required("experiment_id", StreamMessages::keySegment);
        Timestamps.Parsed timestamp = fields.required("timestamp", Timestamps::read);
        Optional<EventType> type = fields.optional("type", EventType::read);
        Optional<String> system = fields.optional("system", JsonValues::nonBlankText);
        Optional<String> staging = source.optional("staging_path", StreamMessages::text);
        String localPath = source.required("local_path", ImageDir::of);
        Integer imageCount = source.required("img_count", WholeNumber.between(0, Integer.MAX_VALUE));
        Optional<Integer> actual = source.optional("img_count_actual", StreamMessages::integer);
        Optional<JsonNode> metadata =
                source.optional("raw_metadata", this::rawMetadata).or(() -> fields.optional("metadata", this::wrapped));
        Optional<Integer> position = fields.optional("position", StreamMessages::integer);
        Optional<Integer> plate = fields.optional("plate", StreamMessages::integer);
        Optional<LocalDate> crossDate = fields.optional("cross_date", StreamMessages::date);
        fields.throwIfAnyProblem();
        return new NewImagingEvent(
                refId,
                experimentId,
                timestamp.text(),
                type.orElse(EventType.STITCH),
                system.orElse(DEFAULT_SYSTEM),
                new NewImagingEvent.Source(
                        staging.orElse(null),
                        localPath,
                        imageCount,
                        actual.orElse(null),
                        metadata.orElse(NullNode.getInstance())),
                position.orElse(null),
                plate.orElse(null),
                crossDate.orElse(null),
                fields.optional("upload_again", JsonNode::asBoolean).orElse(null));
    }

    /** @throws InvalidInputException naming every field that is missing or wrong */
    public NewExport readExport(Object body) {
        JsonFields fields = new JsonFields(read(body));
        JsonFields checksum = fields.within("checksum");
        NewExport.Checksum sum = new NewExport.Checksum(
                checksum.required("hex", JsonValues::nonBlankText),
                checksum.required("algorithm", JsonValues::nonBlankText));
        UUID refId = fields.required("ref_id", RefId::read);
        Long size = fields.required("size", StreamMessages::tarSize);
        String key = fields.required("key", JsonValues::nonBlankText);
        Instant timestamp = fields.required(
                "timestamp", node -> Timestamps.read(node).time().toInstant());
        fields.throwIfAnyProblem();
        return new NewExport(
                refId,
                sum,
                size,
                key,
                timestamp,
                fields.optional("replaces", JsonValues::nonBlankText).orElse(null),
                fields.optional("img_count_actual", StreamMessages::integer).orElse(null));
    }

    /** One JSON object, also when all of it, or an object in it, came as text. */
    private ObjectNode read(Object body) {
        ObjectNode entry = json.createObjectNode();
        if (body instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> entry.put(String.valueOf(name), String.valueOf(value)));
        } else {
            entry.setAll(object("data", parse("data", String.valueOf(body))));
        }
        for (String name : OBJECTS) {
            if (entry.path(name).isTextual()) {
                entry.set(name, object(name, entry.get(name)));
            }
        }
        return entry;
    }

    private ObjectNode object(String field, JsonNode given) {
        JsonNode node = given.isTextual() ? parse(field, given.textValue()) : given;
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw refused(field, "must be one JSON object");
    }

    private JsonNode parse(String field, String text) {
        try {
            return LenientJson.withoutNaN(foreign.readTree(text));
        } catch (JsonProcessingException e) {
            throw refused(field, "is not valid JSON: " + LenientJson.explain(e));
        }
    }

    private static InvalidInputException refused(String field, String message) {
        return new InvalidInputException(new FieldProblem(List.of(field), "json_invalid", message, null));
    }

    private JsonNode rawMetadata(JsonNode node) {
        JsonNode read = readable(node);
        return read.isObject() ? read : wrapped(read);
    }

    private JsonNode wrapped(JsonNode node) {
        return json.createObjectNode().set("metadata", readable(node));
    }

    /** Text that is not JSON stays text: images must not wait for their metadata. */
    private JsonNode readable(JsonNode node) {
        try {
            return node.isTextual() ? parse("metadata", node.textValue()) : node;
        } catch (InvalidInputException notJson) {
            return node;
        }
    }

    private static @Nullable String text(JsonNode node) {
        String text = JsonValues.text(node).strip();
        return ABSENT.contains(text) ? null : text;
    }

    private static @Nullable Integer integer(JsonNode node) {
        return node.isTextual() && text(node) == null
                ? null
                : WholeNumber.between(Integer.MIN_VALUE, Integer.MAX_VALUE).apply(node);
    }

    /** Also accepts a date with a time. */
    private static @Nullable LocalDate date(JsonNode node) {
        String text = text(node);
        try {
            return text == null ? null : LocalDate.parse(text.replaceFirst("(?<=\\d)[T ].*", ""));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be a date like 2024-01-15", e);
        }
    }

    private static long tarSize(JsonNode node) {
        long size = WholeNumber.of(node);
        if (size <= 0) {
            throw new IllegalArgumentException("must be the size of the tar in bytes");
        }
        return size;
    }

    /** The id becomes a segment of the object key, and in some object stores a folder. */
    private static String keySegment(JsonNode node) {
        String id = node.isNumber() ? node.asText() : JsonValues.nonBlankText(node);
        if (id.contains("/") || id.equals(".") || id.equals("..") || id.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("must be one segment of an object key");
        }
        return id;
    }
}
