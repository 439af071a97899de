/** The folders of the imaging systems: which event files may be taken, reading and refusing them, and staging copies. */
@NullMarked
package routes.imaging.event.inbox;

import org.jspecify.annotations.NullMarked;
