package routes.platform.media.clip;

import java.util.Optional;

/**
 * What became of the frames of a clip.
 *
 * @param frames in the clip
 * @param skipped before the first keyframe, or without data
 * @param mended in the clip with another timestamp than their own, because time went back, stood still or jumped
 * @param endedBy why the clip ended before its frames did, if it did
 */
public record ClipSummary(int frames, int skipped, int mended, Optional<String> endedBy) {}
