/** The routes that a site adds or replaces: reading, trying and swapping its files while everything runs. */
@NullMarked
package routes.platform.config.site;

import org.jspecify.annotations.NullMarked;
