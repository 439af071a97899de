package routes.component.redisstream.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.StreamMessage;

/** The commands of a producer for one stream. */
public final class StreamWriter {

    private static final LuaScript TRIM = LuaScript.load("trim");
    private static final LuaScript REQUEUE = LuaScript.load("requeue");
    private static final int PAGE = 100;

    private final String stream;
    private final RedisLink link;

    public StreamWriter(String stream, RedisLink link) {
        this.stream = stream;
        this.link = link;
    }

    /** Returns the new entry's id. */
    public String add(Map<String, byte[]> fields) {
        return link.sync().xadd(stream, fields);
    }

    /**
     * Removes old entries that every group has acknowledged.
     *
     * @param retention age up to which entries are kept; empty for no limit by age
     * @param maxLength number of entries to come down to; empty for no limit by number
     * @param keepFrom id that is always kept, with everything younger
     * @param requiredGroups without one of these groups nothing is removed
     * @return how many were removed
     */
    public long trim(
            Optional<Duration> retention,
            Optional<Long> maxLength,
            Optional<String> keepFrom,
            List<String> requiredGroups) {
        List<String> arguments = new ArrayList<>();
        arguments.add(retention.map(age -> Long.toString(age.toMillis())).orElse(""));
        arguments.add(maxLength.map(String::valueOf).orElse(""));
        arguments.add(keepFrom.orElse(""));
        arguments.addAll(requiredGroups);
        long removed = 0;
        long step;
        do {
            step = TRIM.number(link.sync(), List.of(stream), arguments);
            removed += step;
        } while (step > 0 && maxLength.isPresent());
        return removed;
    }

    /** Moves all dead entries that exist now back to the stream, oldest first. Returns how many. */
    public long requeueAll() {
        String dead = StreamGroup.deadStream(stream);
        long moved = 0;
        Optional<String> last = newest(dead);
        while (last.isPresent()) {
            List<String> ids = ids(link.sync()
                    .xrange(dead, Range.from(Boundary.unbounded(), Boundary.including(last.get())), Limit.from(PAGE)));
            if (ids.isEmpty()) {
                break;
            }
            moved += requeue(ids);
        }
        return moved;
    }

    /**
     * Moves these dead entries back to the stream, each for the group that gave it up; ids that do not exist are passed
     * over. Returns how many.
     */
    public long requeue(List<String> ids) {
        List<String> arguments = new ArrayList<>(List.of(
                Integer.toString(StreamGroup.DEAD_FIELDS.size()),
                StreamGroup.DEAD_FIELDS.get(0),
                StreamGroup.DEAD_GROUP,
                StreamEntry.REQUEUE_GROUP));
        arguments.addAll(ids);
        return REQUEUE.number(link.sync(), List.of(stream, StreamGroup.deadStream(stream)), arguments);
    }

    /** False when it existed. */
    public boolean createGroup(String group) {
        return StreamGroup.create(link.sync(), stream, group);
    }

    private Optional<String> newest(String dead) {
        return ids(link.sync().xrevrange(dead, Range.unbounded(), Limit.from(1))).stream()
                .findFirst();
    }

    private static List<String> ids(List<StreamMessage<String, byte[]>> messages) {
        return messages.stream().map(StreamMessage::getId).toList();
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
