/** Imaging events: what a microscope announced, as a record, in its file, and in the entries of the Redis streams. */
@NullMarked
package routes.imaging.event;

import org.jspecify.annotations.NullMarked;
