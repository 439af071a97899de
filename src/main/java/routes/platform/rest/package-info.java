/**
 * How every HTTP API of Caravan behaves, whichever workflow it belongs to.
 *
 * <p>A request passes {@link routes.platform.rest.RequestBodyFilter}, then {@link
 * routes.platform.rest.contract.ContractRequestValidator} checks it against the OpenAPI contract and turns its parameters into
 * headers of the contract's types, then the route of the operation answers. Whatever goes wrong on the way, inside
 * Camel or outside, ends as one {@link routes.platform.rest.problem.Problem}.
 *
 * <p>A route takes part with {@code routeConfigurationId("rest")}; see docs/http-api.md.
 */
@NullMarked
package routes.platform.rest;

import org.jspecify.annotations.NullMarked;
