/** Real servers on loopback for every service that is not configured. Nothing imports this package. */
@NullMarked
package routes.local;

import org.jspecify.annotations.NullMarked;
