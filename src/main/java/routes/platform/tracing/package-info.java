/** Spans of exchanges to a collector of OpenTelemetry; none of this is loaded where no collector is configured. */
@NullMarked
package routes.platform.tracing;

import org.jspecify.annotations.NullMarked;
