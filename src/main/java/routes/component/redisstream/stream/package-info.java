/** Reading and writing one Redis stream: consumer groups, acknowledgements, reclaiming and dead entries. */
@NullMarked
package routes.component.redisstream.stream;

import org.jspecify.annotations.NullMarked;
