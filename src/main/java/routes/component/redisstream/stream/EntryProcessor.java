package routes.component.redisstream.stream;

/** Hands an entry to the route; settles it when the exchange ends, which may be later and on another thread. */
@FunctionalInterface
public interface EntryProcessor {
    void process(StreamEntry entry);
}
