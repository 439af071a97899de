/** Access over HTTP: open on loopback, users or an OIDC issuer everywhere else, and no foreign web pages anywhere. */
@NullMarked
package routes.platform.security;

import org.jspecify.annotations.NullMarked;
