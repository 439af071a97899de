/** Jobs as JSON: reading what clients send, and showing jobs as the original does. */
@NullMarked
package routes.replay.job.json;

import org.jspecify.annotations.NullMarked;
