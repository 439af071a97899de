package routes.component.framestore.api;

import org.jspecify.annotations.Nullable;

/**
 * What a video frame says about itself, as far as statistics and pacing need it.
 *
 * @param timeBaseNumerator with the denominator, the seconds one unit of pts and dts lasts
 * @param dts null where the frame has none, which is not the same as 0
 */
public record VideoInfo(
        String codec,
        long width,
        long height,
        long timeBaseNumerator,
        long timeBaseDenominator,
        long pts,
        @Nullable Long dts) {}
