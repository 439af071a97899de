/** One ZeroMQ socket, which one thread owns, and what is sent and received through it. */
@NullMarked
package routes.component.zeromq.socket;

import org.jspecify.annotations.NullMarked;
