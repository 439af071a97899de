/** The database: rows of events, uploads and tapes, what a repeated message changes, and the answers of the HTTP queries. */
@NullMarked
package routes.imaging.record;

import org.jspecify.annotations.NullMarked;
