@NullMarked
package routes.component.zeromq;

import org.jspecify.annotations.NullMarked;
