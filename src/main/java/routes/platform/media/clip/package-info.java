/** Clips: one film out of many recorded frames, in mp4, mkv or MPEG-TS. */
@NullMarked
package routes.platform.media.clip;

import org.jspecify.annotations.NullMarked;
