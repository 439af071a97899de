/** Ends the process when somebody asks for it over HTTP. */
@NullMarked
package routes.platform.process;

import org.jspecify.annotations.NullMarked;
