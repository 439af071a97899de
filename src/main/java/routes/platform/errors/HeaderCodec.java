package routes.platform.errors;

import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * Message headers as JSON, each with its type, so that a number comes back as a number. Headers of other types are
 * kept for reading and not sent again; credentials are not kept at all.
 */
final class HeaderCodec {

    private static final Set<String> CREDENTIALS =
            Set.of("authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key");

    private static final String OPAQUE = "opaque";
    private static final int LONGEST_OPAQUE = 1000;

    private final ObjectMapper json;

    HeaderCodec(ObjectMapper json) {
        this.json = json;
    }

    record StoredHeader(String type, @Nullable String value) {}

    String encode(Map<String, @Nullable Object> headers) throws JsonProcessingException {
        Map<String, StoredHeader> stored = new TreeMap<>();
        headers.forEach((name, value) -> {
            if (!CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
                stored.put(name, store(value));
            }
        });
        return json.writeValueAsString(stored);
    }

    Map<String, @Nullable Object> decode(String headers) throws JsonProcessingException {
        Map<String, @Nullable Object> restored = new LinkedHashMap<>();
        stored(headers).forEach((name, header) -> {
            if (!header.type().equals(OPAQUE)) {
                restored.put(name, restore(header));
            }
        });
        return restored;
    }

    /** For showing. */
    Map<String, StoredHeader> stored(String headers) throws JsonProcessingException {
        return json.readValue(headers, new TypeReference<Map<String, StoredHeader>>() {});
    }

    private static StoredHeader store(@Nullable Object value) {
        if (value == null) {
            return new StoredHeader("null", null);
        } else if (value instanceof String) {
            return new StoredHeader("string", value.toString());
        } else if (value instanceof Integer) {
            return new StoredHeader("int", value.toString());
        } else if (value instanceof Long) {
            return new StoredHeader("long", value.toString());
        } else if (value instanceof Double) {
            return new StoredHeader("double", value.toString());
        } else if (value instanceof Boolean) {
            return new StoredHeader("boolean", value.toString());
        } else if (value instanceof Instant) {
            return new StoredHeader("instant", value.toString());
        } else if (value instanceof Date date) {
            return new StoredHeader("date", Long.toString(date.getTime()));
        } else if (value instanceof byte[] bytes) {
            return new StoredHeader("bytes", Base64.getEncoder().encodeToString(bytes));
        }
        String text = value.getClass().getName() + ": " + value;
        return new StoredHeader(OPAQUE, text.substring(0, Math.min(text.length(), LONGEST_OPAQUE)));
    }

    private static @Nullable Object restore(StoredHeader header) {
        String value = header.value();
        if (value == null) {
            return null;
        }
        return switch (header.type()) {
            case "string" -> value;
            case "int" -> Integer.valueOf(value);
            case "long" -> Long.valueOf(value);
            case "double" -> Double.valueOf(value);
            case "boolean" -> Boolean.valueOf(value);
            case "instant" -> Instant.parse(value);
            case "date" -> new Date(Long.parseLong(value));
            case "bytes" -> Base64.getDecoder().decode(value);
            default -> throw new IllegalArgumentException("No header has the type " + header.type());
        };
    }
}
