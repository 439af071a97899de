/** Metrics of the sockets. */
@NullMarked
package routes.component.zeromq.metrics;

import org.jspecify.annotations.NullMarked;
