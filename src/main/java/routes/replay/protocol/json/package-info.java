/** Savant's messages as JSON, with the keys of the original. */
@NullMarked
package routes.replay.protocol.json;

import org.jspecify.annotations.NullMarked;
