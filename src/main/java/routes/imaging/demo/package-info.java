/** A sample microscope, so that the workflow can be watched without a real one. */
@NullMarked
package routes.imaging.demo;

import org.jspecify.annotations.NullMarked;
