/** Sends spans of exchanges to an OpenTelemetry collector; none of this is loaded where no collector is configured. */
@NullMarked
package routes.platform.tracing;

import org.jspecify.annotations.NullMarked;
