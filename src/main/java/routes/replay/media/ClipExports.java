package routes.replay.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.Keyframe;
import routes.component.framestore.api.SourceSummary;
import routes.platform.NotFoundException;

/** Makes clips of stretches of a recording. */
public final class ClipExports {

    /** Bytes read ahead of what is written. */
    private static final long READ_AHEAD = 4 << 20;

    private final Supplier<FrameStore> store;
    private final ConcurrencyLimit limit;
    private final RecordedFrames frames = new RecordedFrames();
    private final MediaFailures failures = new MediaFailures();

    /**
     * @param limit how many clips are made at once
     */
    ClipExports(Supplier<FrameStore> store, ConcurrencyLimit limit) {
        this.store = store;
        this.limit = limit;
    }

    /**
     * @return the clip, made as it is read; to be closed
     * @throws NotFoundException there is no such source, or no keyframe to begin with
     */
    public InputStream open(ClipQuery query) {
        Keyframe start = start(query);
        limit.enter();
        ClipStream clip = stream(query, start);
        boolean begun = false;
        try {
            clip.prepare();
            begun = true;
            return clip;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw failures.answer(e);
        } finally {
            // Also after an OutOfMemoryError
            if (!begun) {
                clip.close();
            }
        }
    }

    /** @param clip null when none was opened */
    public void close(@Nullable InputStream clip) throws IOException {
        if (clip != null) {
            clip.close();
        }
    }

    private Keyframe start(ClipQuery query) {
        return new ClipStart(store.get(), query.sourceId())
                .find(query.start())
                .filter(start -> start.createdNs().compareTo(query.lastCreatedNs(start.createdNs())) <= 0)
                .orElseThrow(() -> new NotFoundException(
                        "Nothing of " + query.sourceId() + " is recorded in this range that a clip could begin with"));
    }

    private ClipStream stream(ClipQuery query, Keyframe start) {
        long recorded = store.get()
                .source(query.sourceId())
                .map(SourceSummary::nextIndex)
                .orElse(0L);
        ClipFrames range = new ClipFrames(
                store.get().read(query.sourceId(), start.index(), READ_AHEAD),
                frames,
                query.lastCreatedNs(start.createdNs()),
                query.end().blocks(),
                recorded);
        return new ClipStream(
                query.format().ending() + " of " + query.sourceId() + " from keyframe " + start.uuid(),
                ClipFileName.of(query, start.createdNs()).disposition(),
                range,
                query.format(),
                limit::leave);
    }
}
