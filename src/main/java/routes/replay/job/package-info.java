/** What a job is: its request, configuration, stop condition and checkpoint. How it runs stands in the packages below. */
@NullMarked
package routes.replay.job;

import org.jspecify.annotations.NullMarked;
