/**
 * Who may do what over HTTP: open on loopback, users or an OIDC issuer everywhere else, no foreign web page anywhere.
 */
@NullMarked
package routes.platform.security;

import org.jspecify.annotations.NullMarked;
