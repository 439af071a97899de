/**
 * What happens to a message whose route fails: one policy ({@link routes.platform.errors.ErrorPolicyRoutes}) and the
 * dead letters it leaves behind.
 */
@NullMarked
package routes.platform.errors;

import org.jspecify.annotations.NullMarked;
