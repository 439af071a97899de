/** What the numbered statements of {@code db/migration} need to run on both of our databases. */
@NullMarked
package routes.platform.schema;

import org.jspecify.annotations.NullMarked;
