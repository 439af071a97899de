/**
 * The Camel component {@code redis-stream}: Redis Streams with consumer groups.
 *
 * <p>From the outside in: {@link routes.component.redisstream.RedisStreamComponent} makes endpoints, whose
 * options live in {@link routes.component.redisstream.RedisStreamConfiguration}. The producer hands its work to
 * {@code StreamWriter}. The consumer runs {@code StreamReader} threads that read and process entries, and one
 * {@code GroupKeeper} that keeps what is held alive and takes over what dead consumers left; both share the
 * {@code InFlight} this process holds and speak to Redis through {@code StreamGroup}. What must happen in one
 * step is a Lua script beside the classes in the resources.
 *
 * <p>Durable is what Redis holds: an entry stays in the pending list of its group until its exchange completed or
 * it was moved to the dead entries. Nothing here needs to survive the process.
 */
@NullMarked
package routes.component.redisstream;

import org.jspecify.annotations.NullMarked;
