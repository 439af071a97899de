/** Caravan: Camel routes that move media and compute work between machines. */
@NullMarked
package routes;

import org.jspecify.annotations.NullMarked;
