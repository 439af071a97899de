/** What arrives over ZeroMQ: the filter, its metrics, and the buffer of what is forwarded. */
@NullMarked
package routes.replay.ingress;

import org.jspecify.annotations.NullMarked;
