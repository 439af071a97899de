package routes.imaging.attention;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import routes.component.redisstream.stream.DeadEntries;
import routes.component.redisstream.stream.DeadEntries.DeadEntry;
import routes.platform.attention.AttentionItem;
import routes.platform.attention.AttentionItem.Action;
import routes.platform.attention.AttentionSource;

/** Shows the entries of one stream that a consumer group gave up on the attention list. */
final class DeadStreamEntries implements AttentionSource, AutoCloseable {

    private final String name;
    private final String stream;
    private final Supplier<DeadEntries> open;
    private @Nullable DeadEntries opened;

    /** @param open called at the first request */
    DeadStreamEntries(String name, String stream, Supplier<DeadEntries> open) {
        this.name = name;
        this.stream = stream;
        this.open = open;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<AttentionItem> newest(@Nullable String workflow, int most) {
        return entries().newest(most).stream().map(this::item).toList();
    }

    @Override
    public long count(@Nullable String workflow) {
        return entries().count();
    }

    @Override
    public Optional<AttentionItem> find(String key) {
        DeadEntries dead = entries();
        return dead.find(key).map(entry -> item(entry).with(new TreeMap<>(dead.fields(key))));
    }

    @Override
    public boolean requeue(String key) {
        return entries().requeue(key);
    }

    @Override
    public boolean discard(String key) {
        return entries().discard(key);
    }

    @Override
    public synchronized void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private synchronized DeadEntries entries() {
        if (opened == null) {
            opened = open.get();
        }
        return opened;
    }

    private AttentionItem item(DeadEntry entry) {
        String group = entry.group() == null ? "" : ", given up by " + entry.group();
        return new AttentionItem(
                entry.id(),
                "imaging",
                "dead-entry",
                "Entry " + entry.id() + " of " + stream + ":dead" + group,
                entry.reason() == null ? "another program wrote it there, without a reason" : entry.reason(),
                entry.since(),
                List.of(Action.REQUEUE, Action.DISCARD),
                Map.of());
    }
}
