package routes.imaging.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import routes.imaging.event.EventType;
import routes.imaging.event.FileNames;
import routes.imaging.event.RefId;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/**
 * What the tape archiver says after a run: which tars it wrote, and which objects went into each.
 *
 * @param jobId its run
 */
public record TapeNotification(UUID jobId, List<Archive> archives) {

    /**
     * One tar on tape.
     *
     * @param id random where the archiver gave none; a known path keeps the id it has
     * @param path of the tar on tape
     * @param members the objects in it
     */
    public record Archive(UUID id, UUID jobId, String path, List<Member> members) {}

    /**
     * One object in a tar on tape.
     *
     * @param srcKey key of the object with the bucket as first segment
     * @param memberKey its file name
     */
    public record Member(UUID id, String archivePath, String srcKey, String memberKey) {}

    /** Reads notifications; the archiver may leave the bucket out of the keys. */
    public static final class Reader {

        private final ObjectMapper json;
        private final String bucket;

        public Reader(ObjectMapper json, String bucket) {
            this.json = json;
            this.bucket = bucket;
        }

        /** @throws InvalidInputException when the body is not a notification; it names every wrong field */
        public TapeNotification read(byte[] body) {
            JsonNode node = parse(body);
            List<FieldProblem> problems = new ArrayList<>();
            UUID jobId = uuid(node.path("job_id"), "job_id", problems);
            checkDate(node.path("date"), problems);
            List<Archive> archives = new ArrayList<>();
            if (node.path("archives").isArray()) {
                for (JsonNode archive : node.path("archives")) {
                    archives.add(archive(archive, jobId, problems));
                }
            } else {
                problems.add(problem("archives", "must be a list", node.path("archives")));
            }
            if (!problems.isEmpty()) {
                throw new InvalidInputException(problems);
            }
            return new TapeNotification(jobId, archives);
        }

        private JsonNode parse(byte[] body) {
            try {
                JsonNode node = json.readTree(body);
                if (node != null && node.isObject()) {
                    return node;
                }
                throw new InvalidInputException(
                        List.of(new FieldProblem(List.of("body"), "dict_type", "must be one JSON object", null)));
            } catch (IOException e) {
                throw new InvalidInputException(List.of(new FieldProblem(
                        List.of("body"),
                        "json_invalid",
                        "is not JSON: "
                                + FileNames.printable(
                                        new String(body, 0, Math.min(body.length, 80), StandardCharsets.UTF_8)),
                        null)));
            }
        }

        private Archive archive(JsonNode node, UUID jobId, List<FieldProblem> problems) {
            UUID id = node.hasNonNull("id") ? uuid(node.get("id"), "archives.id", problems) : UUID.randomUUID();
            String path = text(node.path("path"), "archives.path", problems);
            List<Member> members = new ArrayList<>();
            for (JsonNode key : node.path("src_keys")) {
                String srcKey = withBucket(text(key, "archives.src_keys", problems));
                UUID memberId = UUID.nameUUIDFromBytes((path + "\n" + srcKey).getBytes(StandardCharsets.UTF_8));
                members.add(new Member(memberId, path, srcKey, srcKey.substring(srcKey.lastIndexOf('/') + 1)));
            }
            if (!node.path("src_keys").isArray()) {
                problems.add(problem("archives.src_keys", "must be a list of keys", node.path("src_keys")));
            }
            return new Archive(id, jobId, path, members);
        }

        private String withBucket(String key) {
            for (EventType type : EventType.values()) {
                if (key.startsWith(bucket + "/" + type.keyPrefix() + "/")) {
                    return key; // also in a bucket that is itself called "images"
                }
            }
            for (EventType type : EventType.values()) {
                if (key.startsWith(type.keyPrefix() + "/")) {
                    return bucket + "/" + key;
                }
            }
            return key;
        }

        private static UUID uuid(JsonNode node, String field, List<FieldProblem> problems) {
            try {
                return RefId.parse(node.asText());
            } catch (IllegalArgumentException e) {
                problems.add(problem(field, "must be a UUID", node));
                return new UUID(0, 0);
            }
        }

        private static String text(JsonNode node, String field, List<FieldProblem> problems) {
            if (!node.isTextual() || node.textValue().isBlank()) {
                problems.add(problem(field, "must be a string that is not empty", node));
                return "";
            }
            return node.textValue();
        }

        /** The publisher sends a date and time at midnight; it is not kept, but what is no date is a sign of harm. */
        private static void checkDate(JsonNode node, List<FieldProblem> problems) {
            String text = node.asText();
            try {
                if (text.contains("T")
                        && LocalDateTime.parse(text).toLocalTime().equals(LocalTime.MIDNIGHT)) {
                    return;
                }
                LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                problems.add(problem("date", "must be a date, or a date and time at midnight", node));
            }
        }

        private static FieldProblem problem(String field, String message, @Nullable JsonNode node) {
            return new FieldProblem(
                    List.of(field.split("\\.")),
                    "value_error",
                    message,
                    node == null || node.isMissingNode() ? null : node.asText());
        }
    }
}
