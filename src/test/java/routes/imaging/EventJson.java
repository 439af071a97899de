package routes.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import routes.imaging.event.ImagingEvent;
import routes.imaging.event.inbox.EventReader;

/** Event files for tests: a valid one, and what deviates from it. */
public final class EventJson {

    /** Set up as Spring Boot does. */
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public static final int MAX_BYTES = 512 << 10;

    public static final String ID = "5f0c1e7a-91d2-4a53-8f0e-2f6f0b1f7a11";

    private final ObjectNode json = MAPPER.createObjectNode()
            .put("timestep_id", ID)
            .put("plate", 7)
            .put("cross_date", "2024-01-15")
            .put("position", 3)
            .put("timestamp", "2024-02-01T09:30:00Z")
            .put("img_count", 2)
            .put("img_dir", "20240201_0930_Plate07");

    public static EventJson valid() {
        return new EventJson();
    }

    public EventJson with(String field, Object value) {
        json.set(field, MAPPER.valueToTree(value));
        return this;
    }

    /** @param value as JSON text */
    public EventJson withRaw(String field, String value) {
        json.putRawValue(field, new RawValue(value));
        return this;
    }

    public EventJson without(String field) {
        json.remove(field);
        return this;
    }

    public String text() {
        try {
            return MAPPER.writeValueAsString(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    public ImagingEvent event() {
        return new EventReader(MAPPER, MAX_BYTES).read(bytes());
    }

    public Path writeTo(Path file) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
