/** The object store: uploads in one request or in parts, verified and announced once, and download URLs. */
@NullMarked
package routes.imaging.store;

import org.jspecify.annotations.NullMarked;
