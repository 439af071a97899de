/**
 * Video and pictures, by FFmpeg inside the process; knows neither Camel nor Spring.
 *
 * <p>{@link routes.platform.media.picture.PictureRenderer} makes a JPEG or PNG of one encoded picture.
 * {@link routes.platform.media.clip.ClipWriter} puts recorded frames into MP4, MKV or MPEG-TS as they are;
 * {@code ClipTimeline} gives them timestamps that a player takes.
 * {@link routes.platform.media.SyntheticCamera} makes a test stream.
 *
 * <p>FFmpeg's libraries are unpacked and loaded when one of these is first used, not before. What comes in may come from
 * anybody: sizes are checked before memory is taken, everything runs on the caller's thread, and a failure of FFmpeg is a
 * {@link routes.platform.media.MediaException}. Memory that FFmpeg allocates is freed by {@code close()}, never by the
 * garbage collector.
 */
@NullMarked
package routes.platform.media;

import org.jspecify.annotations.NullMarked;
