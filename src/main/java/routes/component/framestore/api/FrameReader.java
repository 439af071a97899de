package routes.component.framestore.api;

import java.util.Optional;

/**
 * Reads the log of one source in order, and goes on with what is appended meanwhile. What is expired, removed or
 * damaged is stepped over. For use by one thread at a time. Holds nothing but memory: up to the read-ahead, or one
 * entry that is larger.
 */
public interface FrameReader extends AutoCloseable {

    /** The next entry, if there is one now. */
    Optional<StoredEntry> poll();

    /** The index at which it looks next; what to remember to go on there later. */
    long position();

    @Override
    void close();
}
