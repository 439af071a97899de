/**
 * Leases: what only one process of many may do. {@link routes.platform.cluster.LeaseClusterService} gives them to
 * {@code master:} routes.
 */
@NullMarked
package routes.platform.cluster;

import org.jspecify.annotations.NullMarked;
