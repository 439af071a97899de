package routes.replay.media;

import java.util.UUID;
import java.util.function.Supplier;

import routes.component.framestore.api.FrameStore;
import routes.platform.NotFoundException;
import routes.platform.media.picture.PictureRenderer;

/** Pictures of recorded keyframes. */
public final class Thumbnails {

    private final Supplier<FrameStore> store;
    private final PictureRenderer renderer;
    private final ConcurrencyLimit limit;
    private final RecordedFrames frames = new RecordedFrames();
    private final MediaFailures failures = new MediaFailures();

    Thumbnails(Supplier<FrameStore> store, PictureRenderer renderer, ConcurrencyLimit limit) {
        this.store = store;
        this.renderer = renderer;
        this.limit = limit;
    }

    /**
     * @return the file
     * @throws NotFoundException there is no such keyframe, or none any more
     */
    public byte[] render(ThumbnailQuery query) {
        RecordedFrame keyframe = keyframe(query);
        limit.enter();
        try {
            return renderer.render(keyframe.picture(), query.format(), query.width());
        } catch (RuntimeException e) {
            throw failures.answer(e);
        } finally {
            limit.leave();
        }
    }

    private RecordedFrame keyframe(ThumbnailQuery query) {
        UUID uuid = query.id().toUuid();
        return store.get()
                .keyframe(query.sourceId(), uuid)
                .flatMap(keyframe -> store.get().entry(query.sourceId(), keyframe.index()))
                .flatMap(frames::read)
                .orElseThrow(() -> new NotFoundException(
                        "No keyframe " + query.id() + " of " + query.sourceId() + " is recorded"));
    }
}
