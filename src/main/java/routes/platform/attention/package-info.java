/**
 * One list of everything that waits for something, was refused, or is dead, whatever the workflow, so that an operator
 * looks in one place. What is on it stays where it is: a file, an entry of a stream, a row. Each workflow contributes
 * beans that implement {@link routes.platform.attention.AttentionSource}.
 */
@NullMarked
package routes.platform.attention;

import org.jspecify.annotations.NullMarked;
