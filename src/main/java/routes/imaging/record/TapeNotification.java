package routes.imaging.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import routes.imaging.event.EventType;
import routes.imaging.event.FileNames;
import routes.imaging.event.RefId;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;

/**
 * What the tape archiver reports after a run: which tars it wrote, and which objects went into each.
 *
 * @param jobId id of the run
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
            JsonFields fields = new JsonFields(parse(body));
            UUID jobId = fields.required("job_id", RefId::read);
            fields.required("date", Reader::date);
            List<Archive> archives = fields.each("archives").stream()
                    .map(archive -> archive(archive, jobId))
                    .toList();
            fields.throwIfAnyProblem();
            return new TapeNotification(jobId, archives);
        }

        private JsonNode parse(byte[] body) {
            try {
                JsonNode node = json.readTree(body);
                if (node != null && node.isObject()) {
                    return node;
                }
                throw new InvalidInputException(
                        new FieldProblem(List.of("body"), "dict_type", "must be one JSON object", null));
            } catch (IOException e) {
                throw new InvalidInputException(new FieldProblem(
                        List.of("body"),
                        "json_invalid",
                        "is not JSON: "
                                + FileNames.printable(
                                        new String(body, 0, Math.min(body.length, 80), StandardCharsets.UTF_8)),
                        null));
            }
        }

        private Archive archive(JsonFields fields, UUID jobId) {
            Optional<UUID> id = fields.optional("id", RefId::read);
            String path = fields.required("path", JsonValues::nonBlankText);
            List<String> keys = fields.required("src_keys", Reader::keys);
            List<Member> members = keys == null
                    ? List.of()
                    : keys.stream().map(key -> member(path, withBucket(key))).toList();
            return new Archive(id.orElseGet(UUID::randomUUID), jobId, path, members);
        }

        private static Member member(String path, String srcKey) {
            UUID id = UUID.nameUUIDFromBytes((path + "\n" + srcKey).getBytes(StandardCharsets.UTF_8));
            return new Member(id, path, srcKey, srcKey.substring(srcKey.lastIndexOf('/') + 1));
        }

        private static List<String> keys(JsonNode node) {
            if (!node.isArray()) {
                throw new IllegalArgumentException("must be a list of keys");
            }
            List<String> keys = new ArrayList<>();
            node.forEach(key -> keys.add(JsonValues.nonBlankText(key)));
            return keys;
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

        /** The archiver sends a date and time at midnight. It is not kept, but a text that is no date is a sign of harm. */
        private static LocalDate date(JsonNode node) {
            String text = JsonValues.text(node);
            try {
                LocalDateTime time = text.contains("T")
                        ? LocalDateTime.parse(text)
                        : LocalDate.parse(text).atStartOfDay();
                if (time.toLocalTime().equals(LocalTime.MIDNIGHT)) {
                    return time.toLocalDate();
                }
            } catch (DateTimeParseException e) {
                // refused below
            }
            throw new IllegalArgumentException("must be a date, or a date and time at midnight");
        }
    }
}
