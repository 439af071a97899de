/** When each frame of a job may go. */
@NullMarked
package routes.replay.job.stream.pacing;

import org.jspecify.annotations.NullMarked;
