/** What arrives over ZeroMQ: filtering, describing and recording it, and the buffer of what is forwarded. */
@NullMarked
package routes.replay.ingress;

import org.jspecify.annotations.NullMarked;
