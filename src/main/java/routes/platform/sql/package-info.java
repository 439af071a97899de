/** What the migrations need to run on PostgreSQL and on H2 alike. */
@NullMarked
package routes.platform.sql;

import org.jspecify.annotations.NullMarked;
