@NullMarked
package routes.component.redisstream;

import org.jspecify.annotations.NullMarked;
