/**
 * Leases: what only one process of many may do. {@link routes.platform.cluster.LeaseClusterService} gives them to
 * {@code master:} routes, {@link routes.platform.cluster.Leases} to anything that runs now and then.
 */
@NullMarked
package routes.platform.cluster;

import org.jspecify.annotations.NullMarked;
