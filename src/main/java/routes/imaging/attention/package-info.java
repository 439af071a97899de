/** What the workflow contributes to the attention list. */
@NullMarked
package routes.imaging.attention;

import org.jspecify.annotations.NullMarked;
