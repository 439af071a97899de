/** Values of the database in the types of Java. */
@NullMarked
package routes.platform.sql;

import org.jspecify.annotations.NullMarked;
