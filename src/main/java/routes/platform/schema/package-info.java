/** What statements need in order to run on both databases, and how a record becomes their parameters. */
@NullMarked
package routes.platform.schema;

import org.jspecify.annotations.NullMarked;
