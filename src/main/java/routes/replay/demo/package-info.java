/** Sample cameras, so that the workflow can be watched without real ones. */
@NullMarked
package routes.replay.demo;

import org.jspecify.annotations.NullMarked;
