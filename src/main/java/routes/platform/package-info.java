/** What every workflow needs: error policy, dead letters, leases, REST conventions, security, configuration. */
@NullMarked
package routes.platform;

import org.jspecify.annotations.NullMarked;
