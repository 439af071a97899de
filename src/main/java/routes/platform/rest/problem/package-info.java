/** Failures of HTTP requests as problem details (RFC 9457), whoever notices them. */
@NullMarked
package routes.platform.rest.problem;

import org.jspecify.annotations.NullMarked;
