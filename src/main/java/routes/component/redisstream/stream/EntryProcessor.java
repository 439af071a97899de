package routes.component.redisstream.stream;

/** Passes an entry to the route, and settles it when the exchange ends, which may be later and on another thread. */
@FunctionalInterface
public interface EntryProcessor {
    void process(StreamEntry entry);
}
