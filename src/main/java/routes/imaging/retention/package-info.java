/** Deletes what is provably uploaded and past its lifespan. */
@NullMarked
package routes.imaging.retention;

import org.jspecify.annotations.NullMarked;
