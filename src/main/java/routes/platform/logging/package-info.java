/** The correlation fields that every log line carries: those of the exchange that is being routed. */
@NullMarked
package routes.platform.logging;

import org.jspecify.annotations.NullMarked;
