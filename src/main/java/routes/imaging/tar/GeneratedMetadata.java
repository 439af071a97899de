package routes.imaging.tar;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import routes.imaging.event.NewImagingEvent;
import routes.imaging.event.Timestamps;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The contents of the {@code ./metadata.json} in the tar of a time step. The same event gives the same bytes, so that
 * a second delivery gives the same checksum.
 *
 * @param refId the event
 * @param experimentId its experiment
 * @param timestamp when the images were taken; also the modification time of the member
 * @param type {@code stitch} or {@code video}
 * @param system the microscope
 * @param metadata free, as the event brought it: maps, lists, strings, numbers, booleans, null
 */
public record GeneratedMetadata(
        UUID refId, String experimentId, Instant timestamp, String type, String system, Map<String, ?> metadata) {

    static final TarName NAME = TarName.of("metadata.json");

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final String SCHEMA_VERSION = "1.0";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, SerializationFeature.INDENT_OUTPUT)
            .build();

    /** Gives the same for an event of the stream and for its row in the database, which has microseconds. */
    public static GeneratedMetadata of(NewImagingEvent event, ObjectMapper json) {
        JsonNode raw = event.source().rawMetadata();
        Map<String, Object> metadata = raw != null && raw.isObject() ? json.convertValue(raw, OBJECT) : Map.of();
        return new GeneratedMetadata(
                event.refId(),
                event.experimentId(),
                inDatabase(Timestamps.parse(event.timestamp()).time().toInstant()),
                event.type().label(),
                event.system(),
                metadata);
    }

    /** The drivers of both databases round half up. */
    private static Instant inDatabase(Instant time) {
        return time.plusNanos(500).truncatedTo(ChronoUnit.MICROS);
    }

    byte[] toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schema_version", SCHEMA_VERSION);
        json.put("ref_id", refId.toString());
        json.put("experiment_id", experimentId);
        json.put("timestamp", timestamp.toString());
        json.put("type", type);
        json.put("system", system);
        json.put("metadata", metadata);
        try {
            return (JSON.writeValueAsString(json) + "\n").getBytes(UTF_8);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("metadata of event " + refId + " cannot be written as JSON", notJson);
        }
    }

    TarMember toMember() {
        byte[] content = toJson();
        long modifiedNanos = TimeUnit.SECONDS.toNanos(timestamp.getEpochSecond());
        return new TarMember(
                TarName.of(".").child(NAME),
                TarMember.Kind.GENERATED,
                content.length,
                0644,
                modifiedNanos,
                0,
                null,
                content,
                null);
    }
}
