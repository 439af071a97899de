/** How a job runs: reading its source, rewriting, and handing messages to the sink within its window. */
@NullMarked
package routes.replay.job.stream;

import org.jspecify.annotations.NullMarked;
