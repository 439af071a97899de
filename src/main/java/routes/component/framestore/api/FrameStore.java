package routes.component.framestore.api;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Recorded streams. Each source, known by its id, has a log of entries with the indices 0, 1, 2, …, in the order of
 * their arrival, whatever their kind; and its keyframes can be found by UUID and by time. For use by many threads.
 *
 * <p>Everything may throw {@link FrameStoreException}: the disk failed, or the store is closed.
 */
public interface FrameStore extends AutoCloseable {

    /** Instead of the index of an entry that can never be stored. */
    long NOT_STORED = -1;

    /**
     * Stores entries together: all of them, or none. What several threads append at the same time is written at
     * once. Waits only while more than the store's {@code maxPendingBytes} wait for the disk.
     *
     * @return their indices, once they are as durable as the store was told to make them; or a
     *     {@link FrameStoreFullException}, or another {@link FrameStoreException}. After one of these the entries
     *     are usually not there, but can be when the disk failed in the middle: appending again may double them
     */
    CompletableFuture<List<Long>> append(List<NewEntry> entries) throws InterruptedException;

    /**
     * Stores entries one after the other, however long it takes: while the store takes nothing in, they wait, in their
     * order, and are tried again every second. One that can never be stored is logged and left out, alone.
     *
     * @return their indices, once all of them are durable, with {@link #NOT_STORED} for what was left out; fails only where
     *     the store is closed meanwhile
     */
    CompletableFuture<List<Long>> appendPatiently(List<NewEntry> entries) throws InterruptedException;

    /** The entry at an index; empty when there is none, or none any more. */
    Optional<StoredEntry> entry(String sourceId, long index);

    /**
     * Reads on from an index, which may lie in the future.
     *
     * @param readAhead bytes to hold ready at most
     */
    FrameReader read(String sourceId, long fromIndex, long readAhead);

    /**
     * Runs something each time entries of a source have been stored, on the thread of the store: it must be quick and must
     * not throw. A reader that begins to watch before it reads to the end misses nothing.
     */
    Watch watch(String sourceId, Runnable stored);

    /** Stays with the data: no two stores have the same identity, and two processes never have the same store open. */
    UUID identity();

    /** Keyframes with UUIDs from one to another, both included, in their order as unsigned numbers. */
    List<Keyframe> keyframes(String sourceId, UUID from, UUID to, int limit);

    Optional<Keyframe> keyframe(String sourceId, UUID uuid);

    /**
     * The keyframe an offset before an anchor; with a shorter history the oldest. Empty when the anchor is not a
     * keyframe of the source.
     */
    Optional<Keyframe> startKeyframe(String sourceId, UUID anchor, Offset offset);

    /** The first keyframe made at or after a time, in nanoseconds since 1970. */
    Optional<Keyframe> keyframeCreatedFrom(String sourceId, BigInteger createdNs);

    /** Index of the first entry that arrived at or after a time. */
    OptionalLong arrivedFrom(String sourceId, Instant time);

    /** Sources that have entries, by name. */
    List<SourceSummary> sources();

    /** Empty for a source that never had an entry. */
    Optional<SourceSummary> source(String sourceId);

    /** When the newest entry of a source arrived; empty when nothing is left of the source. Cheap. */
    Optional<Instant> lastArrival(String sourceId);

    /** Stretches between blocks in which nothing arrived for longer than a time, oldest first. */
    List<Gap> gaps(String sourceId, Duration longerThan);

    void limit(String sourceId, SourceLimits limits);

    /** Protects indices from expiry, quota and deletion; {@code to} may lie in the future. */
    Hold hold(String sourceId, long from, long to, String reason);

    List<Hold> holds();

    /** False when there is no such hold. */
    boolean release(UUID hold);

    /**
     * Deletes every block that has an entry in a range. The indices of the source go on where they were.
     *
     * @return bytes deleted
     * @throws IllegalStateException a hold is on some of it
     */
    long delete(String sourceId, long from, long to);

    /**
     * Removes what is expired from the disk. To be called now and then; what is served does not depend on it.
     *
     * @return bytes removed
     */
    long sweep();

    StoreCondition condition();

    /** Bytes of expired entries that are on the disk still: nobody came to remove them yet, or they are held. */
    long expiredBytes();

    /** Stores what was brought, and closes. */
    @Override
    void close();
}
