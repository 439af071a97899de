/** The frame store as its users see it. */
@NullMarked
package routes.component.framestore.api;

import org.jspecify.annotations.NullMarked;
