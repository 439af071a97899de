/** Meters of Camel's work in addition to those of its own route policies. */
@NullMarked
package routes.platform.metrics;

import org.jspecify.annotations.NullMarked;
