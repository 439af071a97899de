/** What every line of the log carries: the correlation fields of the exchange being routed. */
@NullMarked
package routes.platform.logging;

import org.jspecify.annotations.NullMarked;
