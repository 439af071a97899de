/** Whether the process is alive, whether it can work, and which stages of which workflows cannot. */
@NullMarked
package routes.platform.health;

import org.jspecify.annotations.NullMarked;
