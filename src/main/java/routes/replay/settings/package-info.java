/** The settings of the workflow, from the application's configuration or from the original's file. */
@NullMarked
package routes.replay.settings;

import org.jspecify.annotations.NullMarked;
