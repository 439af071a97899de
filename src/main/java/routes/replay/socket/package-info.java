/** Sockets as Savant writes them, as endpoints of the zeromq component. */
@NullMarked
package routes.replay.socket;

import org.jspecify.annotations.NullMarked;
