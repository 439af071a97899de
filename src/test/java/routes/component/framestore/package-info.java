@NullMarked
package routes.component.framestore;

import org.jspecify.annotations.NullMarked;
