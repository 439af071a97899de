package routes.imaging;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/**
 * Entries of the two streams as text and back. Written is always the original's form, one field {@code data} with a
 * JSON object; read is also the flat form of its later releases, one field an attribute and nested objects as JSON.
 */
final class StreamMessages {

    private static final Set<String> NESTED = Set.of("src_dir_info", "checksum", "raw_metadata");
    private static final int MAX_PATH_LENGTH = 4096;

    private final ObjectMapper json;
    private final ObjectReader strict;

    StreamMessages(ObjectMapper json) {
        this.json = json;
        // A number that is absent is missing, not zero
        this.strict = json.reader().with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
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
                event.crossDate()));
    }

    /** @param row of {@code show-event.sql} or {@code list-events-to-publish-again.sql} */
    public String writeRecordedEvent(Map<String, Object> row) throws JsonProcessingException {
        return write(new NewImagingEvent(
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
                        json.readTree((String) row.get("raw_metadata"))),
                (Integer) row.get("position"),
                (Integer) row.get("plate"),
                row.get("cross_date") == null
                        ? null
                        : LocalDate.parse(row.get("cross_date").toString())));
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

    /** @throws InvalidInputException naming every field that is missing or wrong */
    public NewImagingEvent readEvent(Object body) {
        NewImagingEvent event = read(body, NewImagingEvent.class);
        List<FieldProblem> problems = new ArrayList<>();
        require("ref_id", event.refId(), problems);
        require("experiment_id", event.experimentId(), problems);
        check("experiment_id", event.experimentId(), StreamMessages::checkKeySegment, problems);
        require("type", event.type(), problems);
        require("system", event.system(), problems);
        require("timestamp", event.timestamp(), problems);
        check("timestamp", event.timestamp(), Timestamps::parse, problems);
        require("src_dir_info", event.source(), problems);
        if (event.source() != null) {
            require("src_dir_info.local_path", event.source().localPath(), problems);
            check("src_dir_info.local_path", event.source().localPath(), StreamMessages::checkLength, problems);
        }
        throwIfAny(problems);
        return event;
    }

    /** @throws InvalidInputException naming every field that is missing or wrong */
    public NewExport readExport(Object body) {
        NewExport export = read(body, NewExport.class);
        List<FieldProblem> problems = new ArrayList<>();
        require("ref_id", export.refId(), problems);
        require("checksum", export.checksum(), problems);
        require("key", export.key(), problems);
        if (export.size() <= 0) {
            problems.add(new FieldProblem(
                    List.of("size"), "greater_than", "must be the bytes of the tar", String.valueOf(export.size())));
        }
        require("timestamp", export.timestamp(), problems);
        if (export.checksum() != null) {
            require("checksum.hex", export.checksum().hex(), problems);
            require("checksum.algorithm", export.checksum().algorithm(), problems);
        }
        throwIfAny(problems);
        return export;
    }

    private <T> T read(Object body, Class<T> type) {
        try {
            return strict.treeToValue(body instanceof Map<?, ?> fields ? nest(fields) : parse(body), type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new InvalidInputException(List.of(new FieldProblem(
                    locationOf(e), "json_invalid", "is not a " + type.getSimpleName() + ": " + reason(e), null)));
        }
    }

    private static List<String> locationOf(Exception e) {
        List<String> fields = e instanceof JsonMappingException problem
                ? problem.getPath().stream()
                        .map(JsonMappingException.Reference::getFieldName)
                        .filter(Objects::nonNull)
                        .toList()
                : List.of();
        return fields.isEmpty() ? List.of("data") : fields;
    }

    private JsonNode parse(Object body) throws JsonProcessingException {
        JsonNode node = json.readTree(String.valueOf(body));
        if (!node.isObject()) {
            throw new IllegalArgumentException("it must be one JSON object");
        }
        return node;
    }

    private JsonNode nest(Map<?, ?> fields) throws JsonProcessingException {
        ObjectNode object = json.createObjectNode();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            String name = String.valueOf(field.getKey());
            String value = String.valueOf(field.getValue());
            if (NESTED.contains(name)) {
                object.set(name, json.readTree(value));
            } else {
                object.put(name, value);
            }
        }
        return object;
    }

    private static String reason(Exception e) {
        return e instanceof JsonProcessingException problem
                ? ForeignJson.explain(problem)
                : String.valueOf(e.getMessage());
    }

    private static void require(String field, @Nullable Object value, List<FieldProblem> problems) {
        if (value == null || value.equals("")) {
            problems.add(new FieldProblem(List.of(field.split("\\.")), "missing", "is required", null));
        }
    }

    private static void check(
            String field, @Nullable String value, Consumer<String> check, List<FieldProblem> problems) {
        if (value == null) {
            return;
        }
        try {
            check.accept(value);
        } catch (IllegalArgumentException e) {
            problems.add(new FieldProblem(List.of(field.split("\\.")), "value_error", e.getMessage(), value));
        }
    }

    /** It becomes a segment of the object key, and with some object stores a folder. */
    private static void checkKeySegment(String id) {
        if (id.contains("/") || id.equals(".") || id.equals("..") || id.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("must be one segment of an object key");
        }
    }

    private static void checkLength(String path) {
        if (path.length() > MAX_PATH_LENGTH) {
            throw new IllegalArgumentException("is longer than " + MAX_PATH_LENGTH + " characters");
        }
    }

    private static void throwIfAny(List<FieldProblem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }
}
