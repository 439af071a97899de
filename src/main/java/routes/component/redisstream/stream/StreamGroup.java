package routes.component.redisstream.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XPendingArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.models.stream.ClaimedMessages;
import io.lettuce.core.models.stream.PendingMessage;
import io.lettuce.core.models.stream.PendingMessages;
import org.jspecify.annotations.Nullable;

/** The commands with which one consumer uses one group of one stream; knows nothing of threads or routes. */
public final class StreamGroup {

    /** Names and number of the fields that {@link #bury} adds; {@code requeue.lua} takes them off again. */
    public static final List<String> DEAD_FIELDS = List.of(
            "dead.reason", "dead.id", "dead.stream", "dead.group", "dead.consumer", "dead.time", "dead.deliveries");

    static final String DEAD_GROUP = "dead.group";

    private static final LuaScript TAKE = LuaScript.load("take");
    private static final LuaScript TOUCH = LuaScript.load("touch");
    private static final LuaScript BURY = LuaScript.load("bury");

    /** Longer than any idle time that a consumer waits for. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private static final int PAGE = 100;

    private final String stream;
    private final io.lettuce.core.Consumer<String> identity;
    private final RedisLink link;

    public StreamGroup(String stream, String group, String consumer, RedisLink link) {
        this.stream = stream;
        this.identity = io.lettuce.core.Consumer.from(group, consumer);
        this.link = link;
    }

    static String deadStream(String stream) {
        return stream + ":dead";
    }

    /** Creates the group, and the stream with it, starting at the oldest entry. False when it existed. */
    static boolean create(RedisCommands<String, byte[]> redis, String stream, String group) {
        try {
            redis.xgroupCreate(StreamOffset.from(stream, "0"), group, XGroupCreateArgs.Builder.mkstream());
            return true;
        } catch (RedisBusyException exists) {
            return false;
        }
    }

    /** Whether the error says that stream or group are not there (any more), as after FLUSHALL. */
    static boolean isGroupMissing(RedisCommandExecutionException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("NOGROUP") || message.startsWith("UNBLOCKED");
    }

    /** False for an entry that was requeued for another group. */
    boolean isMeantBy(StreamEntry entry) {
        return entry.isFor(identity.getGroup());
    }

    boolean create() {
        return create(link.sync(), stream, identity.getGroup());
    }

    /**
     * New entries for this consumer, waiting for the first of them.
     *
     * @param reader the caller's own connection, which is busy while waiting
     * @param block how long to wait; zero not at all
     */
    @SuppressWarnings("unchecked") // Lettuce takes its streams as varargs of a generic type
    List<StreamEntry> readNew(RedisLink reader, int count, Duration block) {
        XReadArgs args = XReadArgs.Builder.count(count);
        if (block.toMillis() > 0) { // BLOCK 0 would wait for ever
            args.block(block);
        }
        List<StreamMessage<String, byte[]>> messages =
                reader.sync().xreadgroup(identity, args, StreamOffset.lastConsumed(stream));
        return messages.stream()
                .map(message -> new StreamEntry(message.getId(), 1, message.getBody()))
                .toList();
    }

    /** Takes up an entry again that this consumer holds, and counts the delivery. */
    Taken take(String id) {
        List<Object> answer =
                TAKE.list(link.sync(), List.of(stream), List.of(identity.getGroup(), identity.getName(), id));
        return switch (text(answer.get(0))) {
            case "gone" -> Taken.GONE;
            case "lost" -> Taken.LOST;
            case "deleted" -> Taken.DELETED;
            default -> Taken.of(new StreamEntry(id, (Long) answer.get(1), fields((List<?>) answer.get(2))));
        };
    }

    /**
     * Does not wait for the answer, so that many acknowledgements are sent together. True when the entry was pending.
     */
    CompletionStage<Boolean> acknowledge(String id) {
        return link.async().xack(stream, identity.getGroup(), id).thenApply(count -> count > 0);
    }

    /** Moves a pending entry to the dead entries. */
    Buried bury(String id, String reason, long deliveries, Instant now) {
        List<String> values = List.of(
                reason, id, stream, identity.getGroup(), identity.getName(), now.toString(), Long.toString(deliveries));
        List<String> arguments = new ArrayList<>(List.of(identity.getGroup(), id));
        for (int i = 0; i < DEAD_FIELDS.size(); i++) {
            arguments.add(DEAD_FIELDS.get(i));
            arguments.add(values.get(i));
        }
        long answer = BURY.number(link.sync(), List.of(stream, deadStream(stream)), arguments);
        return answer > 0 ? Buried.MOVED : answer < 0 ? Buried.DELETED : Buried.GONE;
    }

    /**
     * Tells the other consumers that these entries are being worked on. Returns those that this consumer no longer
     * holds.
     */
    List<String> keep(List<String> ids) {
        return touch(ids, Duration.ZERO);
    }

    /** Offers these to the other consumers, who find them with their next claim. */
    public void handOver(List<String> ids) {
        touch(ids, ABANDONED);
    }

    /** Ids this consumer holds according to Redis, from the oldest on. */
    void eachPending(Duration minIdle, Consumer<String> action) {
        Range<String> range = Range.unbounded();
        List<PendingMessage> page;
        do {
            page = link.sync()
                    .xpending(
                            stream,
                            XPendingArgs.Builder.xpending(identity, range, Limit.from(PAGE))
                                    .idle(minIdle));
            page.forEach(pending -> action.accept(pending.getId()));
            if (!page.isEmpty()) {
                range = Range.from(Boundary.excluding(page.get(page.size() - 1).getId()), Boundary.unbounded());
            }
        } while (page.size() == PAGE);
    }

    /**
     * Takes over entries that their consumers left idle.
     *
     * @param cursor {@code 0-0} at first, then what the last call returned
     */
    Claimed claim(Duration minIdle, int count, String cursor) {
        ClaimedMessages<String, byte[]> claimed = link.sync()
                .xautoclaim(
                        stream,
                        XAutoClaimArgs.Builder.justid(identity, minIdle, cursor).count(count));
        return new Claimed(
                claimed.getMessages().stream().map(StreamMessage::getId).toList(), claimed.getId());
    }

    GroupSample sample(Instant now) {
        RedisCommands<String, byte[]> redis = link.sync();
        PendingMessages pending = redis.xpending(stream, identity.getGroup());
        Duration oldest = pending.getCount() == 0
                ? Duration.ZERO
                : Duration.between(
                        StreamEntry.timeOf(pending.getMessageIds().getLower().getValue()), now);
        return new GroupSample(redis.xlen(stream), pending.getCount(), oldest, lag(redis.xinfoGroups(stream)));
    }

    private List<String> touch(List<String> ids, Duration idle) {
        List<String> lost = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += PAGE) {
            List<String> arguments =
                    new ArrayList<>(List.of(identity.getGroup(), identity.getName(), Long.toString(idle.toMillis())));
            arguments.addAll(ids.subList(from, Math.min(from + PAGE, ids.size())));
            TOUCH.list(link.sync(), List.of(stream), arguments).forEach(id -> lost.add(text(id)));
        }
        return lost;
    }

    /** Redis 7 counts the entries that a group has not read; older servers do not. */
    private long lag(List<Object> groups) {
        for (Object row : groups) {
            List<?> values = (List<?>) row;
            boolean ours = identity.getGroup().equals(valueOf(values, "name"));
            if (ours && valueOf(values, "lag") instanceof Long lag) {
                return lag;
            }
        }
        return GroupSample.NONE.lag();
    }

    private static @Nullable Object valueOf(List<?> row, String name) {
        for (int i = 0; i + 1 < row.size(); i += 2) {
            if (name.equals(text(row.get(i)))) {
                Object value = row.get(i + 1);
                return value instanceof Long ? value : value == null ? null : text(value);
            }
        }
        return null;
    }

    private static Map<String, byte[]> fields(List<?> namesAndValues) {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        for (int i = 0; i + 1 < namesAndValues.size(); i += 2) {
            fields.put(text(namesAndValues.get(i)), (byte[]) namesAndValues.get(i + 1));
        }
        return fields;
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
    }

    /** For log lines. */
    @Override
    public String toString() {
        return "group " + identity.getGroup() + " of stream " + stream;
    }

    /** The result of taking an entry up again. */
    record Taken(State state, @Nullable StreamEntry entry) {

        enum State {
            ENTRY,
            GONE,
            LOST,
            DELETED
        }

        static final Taken GONE = new Taken(State.GONE, null);
        static final Taken LOST = new Taken(State.LOST, null);
        static final Taken DELETED = new Taken(State.DELETED, null);

        static Taken of(StreamEntry entry) {
            return new Taken(State.ENTRY, entry);
        }
    }

    /** Whether an entry was moved to the dead entries, or why not. */
    enum Buried {
        MOVED,
        GONE,
        DELETED
    }

    /**
     * @param ids now held by this consumer
     * @param cursor where to go on; {@code 0-0} at the end
     */
    record Claimed(List<String> ids, String cursor) {

        boolean last() {
            return "0-0".equals(cursor);
        }
    }
}
