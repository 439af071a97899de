/** What all SQL has in common: statements in files, texts that a column can hold, and times. */
@NullMarked
package routes.platform.sql;

import org.jspecify.annotations.NullMarked;
