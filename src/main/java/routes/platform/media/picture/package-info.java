/** Single pictures: decoding, scaling and encoding. */
@NullMarked
package routes.platform.media.picture;

import org.jspecify.annotations.NullMarked;
