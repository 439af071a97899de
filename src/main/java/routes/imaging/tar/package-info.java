/** The tar of a time step, computed before a byte of it is written: listing, layout, headers, digest, and streams of any range. */
@NullMarked
package routes.imaging.tar;

import org.jspecify.annotations.NullMarked;
