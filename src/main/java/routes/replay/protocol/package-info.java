/** Savant's messages: decoding, checking, rewriting and numbering them, in both generations of the wire format. */
@NullMarked
package routes.replay.protocol;

import org.jspecify.annotations.NullMarked;
