/** The OpenAPI contracts: finding them, validating requests against them, and showing them under /docs. */
@NullMarked
package routes.platform.rest.contract;

import org.jspecify.annotations.NullMarked;
