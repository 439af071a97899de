package routes.component.redisstream.stream;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.StreamMessage;
import org.jspecify.annotations.Nullable;

/**
 * The dead entries of one stream, for an operator who decides what to do with them. Redis is contacted by the first
 * request.
 */
public final class DeadEntries implements AutoCloseable {

    /** Entries in one answer of Redis, since each may be large. */
    private static final int PAGE = 100;

    private final String dead;
    private final RedisLink link;
    private final StreamWriter writer;

    public DeadEntries(String stream, RedisLink link) {
        this.dead = StreamGroup.deadStream(stream);
        this.link = link;
        this.writer = new StreamWriter(stream, link);
    }

    /**
     * An entry that a group gave up.
     *
     * @param id in the stream of dead entries
     * @param reason null when another program put it there
     * @param group the group that gave it up; null when another program put it there
     */
    public record DeadEntry(String id, Instant since, @Nullable String reason, @Nullable String group) {

        private static DeadEntry of(StreamMessage<String, byte[]> message) {
            Map<String, String> fields = texts(message);
            return new DeadEntry(
                    message.getId(),
                    StreamEntry.timeOf(message.getId()),
                    fields.get(StreamGroup.DEAD_FIELDS.get(0)),
                    fields.get(StreamGroup.DEAD_GROUP));
        }
    }

    public long count() {
        return link.sync().xlen(dead);
    }

    /** Newest first. */
    public List<DeadEntry> newest(int most) {
        List<DeadEntry> entries = new ArrayList<>();
        Range<String> range = Range.unbounded();
        List<StreamMessage<String, byte[]>> page;
        do {
            page = link.sync().xrevrange(dead, range, Limit.from(Math.min(PAGE, most - entries.size())));
            page.forEach(message -> entries.add(DeadEntry.of(message)));
            if (!page.isEmpty()) {
                range = Range.from(
                        Boundary.unbounded(),
                        Boundary.excluding(page.get(page.size() - 1).getId()));
            }
        } while (page.size() == PAGE && entries.size() < most);
        return entries;
    }

    public Optional<DeadEntry> find(String id) {
        return message(id).map(DeadEntry::of);
    }

    /** All fields of the entry, including those added when it died; empty when there is no such entry. */
    public Map<String, String> fields(String id) {
        return message(id).map(DeadEntries::texts).orElse(Map.of());
    }

    /** Moves the entry back to the stream, for the group that gave it up. False when there is no such entry. */
    public boolean requeue(String id) {
        return isId(id) && writer.requeue(List.of(id)) > 0;
    }

    /** Deletes the entry. False when there is no such entry. */
    public boolean discard(String id) {
        return isId(id) && link.sync().xdel(dead, id) > 0;
    }

    @Override
    public void close() {
        link.close();
    }

    private Optional<StreamMessage<String, byte[]>> message(String id) {
        return isId(id)
                ? link.sync().xrange(dead, Range.create(id, id)).stream().findFirst()
                : Optional.empty();
    }

    /** Redis answers any other id with an error. */
    private static boolean isId(String id) {
        if (!id.matches("\\d+-\\d+")) {
            return false;
        }
        try {
            int dash = id.indexOf('-');
            Long.parseUnsignedLong(id.substring(0, dash));
            Long.parseUnsignedLong(id.substring(dash + 1));
            return true;
        } catch (NumberFormatException tooLarge) {
            return false;
        }
    }

    private static Map<String, String> texts(StreamMessage<String, byte[]> message) {
        return new StreamEntry(message.getId(), 0, message.getBody()).texts();
    }
}
