/** Pictures and clips of what is recorded. */
@NullMarked
package routes.replay.media;

import org.jspecify.annotations.NullMarked;
