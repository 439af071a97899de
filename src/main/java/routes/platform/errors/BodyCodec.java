package routes.platform.errors;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/**
 * Turns message bodies into bytes and back into equal bodies. A body that would not come back equal is never
 * requeued.
 */
final class BodyCodec {

    /** Only our own classes are created from what the database holds; creating any other could be a way to run code. */
    private static final String OWN_CLASSES = "routes.";

    private final ObjectMapper json;
    private final long maxBytes;

    BodyCodec(ObjectMapper json, long maxBytes) {
        this.json = json;
        this.maxBytes = maxBytes;
    }

    /** @throws IOException when the body cannot be read, or is too large to keep and nothing else keeps it */
    StoredBody encode(@Nullable Object body) throws IOException {
        if (body == null) {
            return new StoredBody(StoredBody.Type.NONE, null, 0, null, null);
        } else if (body instanceof byte[] bytes) {
            return keep(StoredBody.Type.BYTES, bytes);
        } else if (body instanceof String text) {
            return keep(StoredBody.Type.TEXT, text.getBytes(StandardCharsets.UTF_8));
        } else if (body instanceof InputStream stream) {
            return keep(StoredBody.Type.STREAM, stream.readNBytes(Math.toIntExact(maxBytes + 1)));
        } else if (body instanceof Path file) {
            return encodeFile(file);
        }
        return encodeObject(body);
    }

    /** The body as it was; only for bodies without an obstacle. */
    @Nullable
    Object decode(StoredBody stored) throws IOException {
        byte[] bytes = stored.bytes() == null ? new byte[0] : stored.bytes();
        return switch (stored.type()) {
            case NONE -> null;
            case BYTES, FILE -> bytes;
            case TEXT -> new String(bytes, StandardCharsets.UTF_8);
            case STREAM -> new ByteArrayInputStream(bytes);
            case JSON -> json.readValue(bytes, classNamed(String.valueOf(stored.detail())));
            case OPAQUE -> throw new IOException("A body of " + stored.detail() + " was kept for reading only");
        };
    }

    private StoredBody keep(StoredBody.Type type, byte[] bytes) throws IOException {
        if (bytes.length > maxBytes) {
            throw new IOException("A " + type.name().toLowerCase(java.util.Locale.ROOT) + " body of more than "
                    + maxBytes + " bytes does not fit into a dead letter (caravan.errors.max-body)");
        }
        return new StoredBody(type, null, bytes.length, bytes, null);
    }

    private StoredBody encodeFile(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            return new StoredBody(
                    StoredBody.Type.FILE, file.toString(), 0, null, "the file " + file + " could not be read any more");
        }
        long size = Files.size(file);
        if (size > maxBytes) {
            String obstacle = "the file " + file + " has " + size
                    + " bytes, more than caravan.errors.max-body; put it back into its source folder instead";
            return new StoredBody(StoredBody.Type.FILE, file.toString(), size, null, obstacle);
        }
        return new StoredBody(StoredBody.Type.FILE, file.toString(), size, Files.readAllBytes(file), null);
    }

    private StoredBody encodeObject(Object body) throws IOException {
        Class<?> type =
                body instanceof Map ? Map.class : body instanceof Collection ? Collection.class : body.getClass();
        try {
            byte[] bytes = json.writeValueAsBytes(body);
            if (bytes.length <= maxBytes && body.equals(json.readValue(bytes, classNamed(type.getName())))) {
                return new StoredBody(StoredBody.Type.JSON, type.getName(), bytes.length, bytes, null);
            }
        } catch (IOException notJson) {
            // kept for reading below
        }
        return opaque(body);
    }

    private StoredBody opaque(Object body) {
        byte[] text = String.valueOf(body).getBytes(StandardCharsets.UTF_8);
        byte[] kept = java.util.Arrays.copyOf(text, (int) Math.min(text.length, maxBytes));
        String obstacle = "a body of " + body.getClass().getName() + " cannot be rebuilt from what was kept of it";
        return new StoredBody(StoredBody.Type.OPAQUE, body.getClass().getName(), text.length, kept, obstacle);
    }

    private static Class<?> classNamed(String name) throws IOException {
        try {
            return switch (name) {
                case "java.util.Map" -> Map.class;
                case "java.util.Collection" -> Collection.class;
                case "java.lang.Integer" -> Integer.class;
                case "java.lang.Long" -> Long.class;
                case "java.lang.Double" -> Double.class;
                case "java.lang.Boolean" -> Boolean.class;
                default -> {
                    if (!name.startsWith(OWN_CLASSES)) {
                        throw new IOException("No body is made of class " + name);
                    }
                    yield Class.forName(name);
                }
            };
        } catch (ClassNotFoundException e) {
            throw new IOException("The class " + name + " of the body is gone", e);
        }
    }
}
