/** Whether the process lives, whether it can work, and which stage of which workflow does not. */
@NullMarked
package routes.platform.health;

import org.jspecify.annotations.NullMarked;
