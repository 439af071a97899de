package routes.replay.media;

import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;

import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.Keyframe;
import routes.component.framestore.api.Offset;

/** Finds the keyframe that a clip begins with. */
final class ClipStart {

    private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000);

    /** A block that began longer ago is not looked for. */
    private static final int LONGEST_BLOCK_SECONDS = 3600;

    private final FrameStore store;
    private final String sourceId;

    ClipStart(FrameStore store, String sourceId) {
        this.store = store;
        this.sourceId = sourceId;
    }

    /** Empty when there is nothing to begin with. */
    Optional<Keyframe> find(ClipQuery.Start start) {
        if (start instanceof ClipQuery.Anchor anchor) {
            UUID uuid = anchor.id().toUuid();
            return store.startKeyframe(sourceId, uuid, Offset.blocks(anchor.before()));
        }
        BigInteger from = ((ClipQuery.At) start).createdNs();
        Optional<Keyframe> next = store.keyframeCreatedFrom(sourceId, from);
        if (next.isPresent() && next.get().createdNs().equals(from)) {
            return next;
        }
        return lastBefore(from)
                .filter(keyframe -> reaches(
                        from, keyframe.index(), next.map(Keyframe::index).orElseGet(this::end)))
                .or(() -> next);
    }

    private Optional<Keyframe> lastBefore(BigInteger time) {
        for (int seconds = 1; seconds <= LONGEST_BLOCK_SECONDS; seconds *= 4) {
            BigInteger since =
                    time.subtract(SECOND.multiply(BigInteger.valueOf(seconds))).max(BigInteger.ZERO);
            Optional<Keyframe> found = store.keyframeCreatedFrom(sourceId, since)
                    .filter(keyframe -> keyframe.createdNs().compareTo(time) < 0);
            if (found.isPresent()) {
                return Optional.of(last(found.get(), time));
            }
        }
        return Optional.empty();
    }

    private Keyframe last(Keyframe first, BigInteger time) {
        Keyframe last = first;
        while (true) {
            Optional<Keyframe> next = store.keyframeCreatedFrom(
                            sourceId, last.createdNs().add(BigInteger.ONE))
                    .filter(keyframe -> keyframe.createdNs().compareTo(time) < 0);
            if (next.isEmpty()) {
                return last;
            }
            last = next.get();
        }
    }

    /** Whether the frames of a block were still being recorded at a time; it may end with other entries than frames. */
    private boolean reaches(BigInteger time, long keyframe, long end) {
        for (long index = end - 1; index > keyframe; index--) {
            BigInteger created = store.entry(sourceId, index)
                    .map(entry -> entry.info().createdNs())
                    .orElse(null);
            if (created != null) {
                return created.compareTo(time) >= 0;
            }
        }
        return false;
    }

    private long end() {
        return store.source(sourceId).orElseThrow().nextIndex();
    }
}
