package routes.component.redisstream.stream;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One entry as delivered to this consumer.
 *
 * @param id Redis' id, {@code <milliseconds>-<sequence>}
 * @param deliveries how often it was delivered in its group, this time included
 * @param fields names and raw values in the entry's order
 */
public record StreamEntry(String id, long deliveries, Map<String, byte[]> fields) {

    /** The field of a requeued entry that names the only group it is for: the group that had given it up. */
    static final String REQUEUE_GROUP = "requeue.group";

    /** Whether the group must process it; a group that processed it before it was requeued must not. */
    boolean isFor(String group) {
        return !fields.containsKey(REQUEUE_GROUP) || text(REQUEUE_GROUP).equals(group);
    }

    /** The entry as its author wrote it. */
    StreamEntry original() {
        Map<String, byte[]> original = new LinkedHashMap<>(fields);
        original.remove(REQUEUE_GROUP);
        return new StreamEntry(id, deliveries, original);
    }

    public Instant time() {
        return timeOf(id);
    }

    public String text(String field) {
        return new String(fields.get(field), StandardCharsets.UTF_8);
    }

    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        fields.keySet().forEach(field -> texts.put(field, text(field)));
        return texts;
    }

    /** Server-made ids begin with the time of the addition. Ids made by clients may hold anything that fits 64 bits. */
    public static Instant timeOf(String id) {
        int dash = id.indexOf('-');
        return Instant.ofEpochMilli(Long.parseUnsignedLong(dash < 0 ? id : id.substring(0, dash)));
    }
}
