/** Meters of what Camel does, beside those of its own route policies. */
@NullMarked
package routes.platform.metrics;

import org.jspecify.annotations.NullMarked;
