package routes.replay;

import java.util.Optional;

import routes.component.framestore.FrameStore;
import routes.component.framestore.Keyframe;

/**
 * Where a job begins.
 *
 * @param anchor the keyframe from which {@code offset} counts
 */
record JobStart(FrameId anchor, Offset offset) {

    /** Empty when the anchor is not recorded. */
    Optional<Keyframe> find(FrameStore store, String source) {
        return store.startKeyframe(source, anchor.toUuid(), offset.inStore());
    }
}
