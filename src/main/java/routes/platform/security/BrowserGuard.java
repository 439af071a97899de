package routes.platform.security;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request may come from a web page of somebody else, who makes the browser of one of our users send it.
 * Such a page cannot choose the headers looked at here; programs that are no browsers may leave them out.
 *
 * <ul>
 *   <li>Host: a page whose name was pointed at our address (DNS rebinding) still carries its own name here.
 *   <li>Origin and Sec-Fetch-Site: where the page that sends the request comes from.
 * </ul>
 */
final class BrowserGuard {

    private final Set<String> allowedHosts;
    private final boolean anyHost;

    /**
     * @param allowedHosts names besides localhost
     * @param anyHost whether every Host is fine, as on an address others reach under names we do not know
     */
    BrowserGuard(Set<String> allowedHosts, boolean anyHost) {
        this.allowedHosts = Set.copyOf(
                allowedHosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList());
        this.anyHost = anyHost;
    }

    /** What of a request matters here; absent headers are null. */
    record Request(
            String method,
            @Nullable String host,
            @Nullable String origin,
            @Nullable String site,
            @Nullable String mode) {}

    /** Why the request is refused; empty when it may pass. */
    Optional<String> objection(Request request) {
        String host = request.host() == null ? "" : name(request.host());
        if (!anyHost && request.host() != null && !isOurs(host)) {
            return Optional.of("The host name \"" + host + "\" is not one of this server. If it should be,"
                    + " add it to caravan.security.allowed-hosts.");
        }
        if (request.origin() != null && !isOrigin(request.origin(), host)) {
            return Optional.of("Requests from pages of " + request.origin() + " are not accepted. If they should be,"
                    + " add the host name to caravan.security.allowed-hosts.");
        }
        if ("cross-site".equals(request.site()) && request.origin() == null && !isLink(request)) {
            return Optional.of("Requests from pages of other sites are not accepted.");
        }
        return Optional.empty();
    }

    private boolean isOrigin(String origin, String host) {
        try {
            String originHost = URI.create(origin).getHost();
            return originHost != null && (originHost.equalsIgnoreCase(host) || isOurs(originHost));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Somebody followed a link to us: the other page sees nothing of the answer. */
    private static boolean isLink(Request request) {
        return "navigate".equals(request.mode()) && request.method().equals("GET");
    }

    private boolean isOurs(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("[::1]")
                || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")
                || allowedHosts.contains(name);
    }

    private static String name(String hostAndPort) {
        return hostAndPort.replaceFirst(":\\d*$", "");
    }
}
