/** JSON that outsiders send: reading it strictly, and naming every wrong field. */
@NullMarked
package routes.platform.json;

import org.jspecify.annotations.NullMarked;
