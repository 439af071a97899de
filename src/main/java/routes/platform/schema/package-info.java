/** What statements need to run on both of our databases, and how a record becomes their parameters. */
@NullMarked
package routes.platform.schema;

import org.jspecify.annotations.NullMarked;
