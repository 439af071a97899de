/**
 * Real servers on loopback for every service that is not configured. Nothing imports this package: it registers itself
 * in {@code META-INF/spring.factories}.
 *
 * <p>{@link routes.local.LocalServicesInitializer} decides which {@link routes.local.LocalService services} are needed
 * and not configured, adds their addresses to the environment and lets {@link routes.local.LocalServices} start the
 * {@link routes.local.LocalServer servers} in parallel while Spring makes its beans. Before anything that has a life
 * cycle (Camel above all) starts, it waits until every server answers; they stop after the last bean is gone.
 */
@NullMarked
package routes.local;

import org.jspecify.annotations.NullMarked;
