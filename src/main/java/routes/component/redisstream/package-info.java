/** The Camel component redis-stream: Redis Streams with consumer groups. */
@NullMarked
package routes.component.redisstream;

import org.jspecify.annotations.NullMarked;
