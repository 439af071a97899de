package routes.replay;

import java.time.Duration;
import java.util.List;

import routes.replay.savant.Attribute;

/**
 * What a client asks for with a new job.
 *
 * @param anchor the keyframe from which {@code offset} counts
 * @param anchorWait how long the anchor is waited for; it is looked for at least once
 * @param attributes added to every frame
 */
record JobRequest(
        JobSink sink,
        JobConfiguration configuration,
        StopCondition stopCondition,
        FrameId anchor,
        Duration anchorWait,
        Offset offset,
        List<Attribute> attributes,
        JobExtras extras) {}
