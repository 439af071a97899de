/** What is recorded: the catalogue, keyframes, retention, holds and deletion. */
@NullMarked
package routes.replay.recording;

import org.jspecify.annotations.NullMarked;
