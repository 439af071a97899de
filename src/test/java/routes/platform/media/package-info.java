@NullMarked
package routes.platform.media;

import org.jspecify.annotations.NullMarked;
