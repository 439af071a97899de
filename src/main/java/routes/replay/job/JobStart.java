package routes.replay.job;

import java.util.Optional;

import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.Keyframe;
import routes.replay.protocol.FrameId;

/**
 * The keyframe at which a job begins.
 *
 * @param anchor the keyframe from which {@code offset} counts
 */
public record JobStart(FrameId anchor, Offset offset) {

    /** Empty when the anchor is not recorded. */
    public Optional<Keyframe> find(FrameStore store, String source) {
        return store.startKeyframe(source, anchor.toUuid(), offset.inStore());
    }
}
