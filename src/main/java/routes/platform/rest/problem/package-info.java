/** Failures of HTTP requests as problem details (RFC 9457), wherever they are detected. */
@NullMarked
package routes.platform.rest.problem;

import org.jspecify.annotations.NullMarked;
