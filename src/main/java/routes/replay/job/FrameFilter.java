package routes.replay.job;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;
import routes.replay.protocol.SavantFrame;

/**
 * Decides which video frames a job sends. Frames that are left out are neither waited for nor counted: gaps reach from one
 * sent frame to the next, and stop conditions see sent frames only.
 *
 * @param keyframesOnly frames that are no keyframes are left out
 * @param object frames without such an object are left out
 * @param every of the frames that remain, the first of each so many is sent; at least 1
 */
public record FrameFilter(boolean keyframesOnly, Optional<ObjectFilter> object, long every) {

    public static final FrameFilter ALL = new FrameFilter(false, Optional.empty(), 1);

    public static FrameFilter read(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        Optional<Boolean> keyframesOnly = fields.optional("keyframes_only", JsonValues::truth);
        Optional<ObjectFilter> object = fields.optional("object", ObjectFilter::read);
        Optional<Long> every = fields.optional("every", JsonValues.wholeNumber(1, Long.MAX_VALUE));
        fields.throwIfAnyProblem();
        return new FrameFilter(keyframesOnly.orElse(false), object, every.orElse(1L));
    }

    /** Applies the filter to one run of frames. Not thread-safe. */
    public final class Run {

        private long passed;

        public boolean takes(SavantFrame frame) {
            return matches(frame) && passed++ % every == 0;
        }

        private boolean matches(SavantFrame frame) {
            return (frame.header().isKeyframe() || !keyframesOnly)
                    && object.filter(wanted -> !wanted.matchesAny(frame.objects()))
                            .isEmpty();
        }
    }
}
