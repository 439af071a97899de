/** Imaging: event file, staging, Redis stream, tar, S3, database, HTTP. */
@NullMarked
package routes.imaging;

import org.jspecify.annotations.NullMarked;
