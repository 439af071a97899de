package routes.replay.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets the entry that has not been used for the longest time, so that hostile senders cannot fill the memory. Not thread-safe. */
public final class RecentlyUsed<K, V> extends LinkedHashMap<K, V> {

    private static final int INITIAL_CAPACITY = 16;
    private static final float LOAD_FACTOR = 0.75f;

    private final int capacity;

    /** @param capacity entries, at least one */
    public RecentlyUsed(int capacity) {
        super(INITIAL_CAPACITY, LOAD_FACTOR, true);
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity must be at least 1, is " + capacity);
        }
        this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > capacity;
    }
}
