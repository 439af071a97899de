package routes.component.framestore.api;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What is there of one source. Counts include what is expired but not removed from the disk yet.
 *
 * @param nextIndex the index the next entry will have
 * @param first arrival of the oldest entry served, to the block; null when there is none
 * @param last arrival of the youngest entry served
 * @param everEntries entries stored since the beginning, also those gone
 * @param codecs all that ever occurred
 * @param entriesPerKeyframe mean length of a block; 0 without keyframes
 */
public record SourceSummary(
        String sourceId,
        long nextIndex,
        @Nullable Instant first,
        @Nullable Instant last,
        long entries,
        long bytes,
        long keyframes,
        long everEntries,
        long everBytes,
        Set<String> codecs,
        double entriesPerKeyframe,
        SourceLimits limits) {}
