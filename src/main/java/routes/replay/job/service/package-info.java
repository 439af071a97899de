/** The jobs of this process: scheduling, storing and observing them, and the route that each of them has. */
@NullMarked
package routes.replay.job.service;

import org.jspecify.annotations.NullMarked;
