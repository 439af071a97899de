/**
 * Real servers on loopback for every service that is needed but not configured. Nothing imports this package;
 * {@code META-INF/spring.factories} registers it.
 *
 * <p>{@link routes.local.LocalServicesInitializer} decides which {@link routes.local.LocalService services} are needed
 * and not configured, adds their addresses to the environment and lets {@link routes.local.LocalServices} start the
 * {@link routes.local.LocalServer servers} in parallel while Spring creates its beans. Before Camel and everything else
 * with a life cycle starts, it waits until every server answers. The servers stop after the last bean is destroyed.
 */
@NullMarked
package routes.local;

import org.jspecify.annotations.NullMarked;
