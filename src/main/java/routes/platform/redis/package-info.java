/** Connects the redis-stream component to the Redis of {@code spring.data.redis.url}. */
@NullMarked
package routes.platform.redis;

import org.jspecify.annotations.NullMarked;
