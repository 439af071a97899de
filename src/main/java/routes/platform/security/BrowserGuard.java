package routes.platform.security;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request may have been sent by a foreign web page in the browser of one of our users. Such a page
 * cannot choose the headers examined here; programs that are not browsers may omit them.
 */
final class BrowserGuard {

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|.+\\.localhost|\\[::1]|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[[0-9a-f]*:[0-9a-f:.]*]");

    private final Set<String> allowedHosts;
    private final Set<Origin> allowedOrigins;
    private final boolean loopback;

    /**
     * @param allowedHosts names besides localhost; when there are none, any address other than loopback is accepted
     * @param allowedOrigins pages besides our own that may send requests
     * @param loopback whether only this machine reaches this server
     */
    BrowserGuard(Set<String> allowedHosts, Set<String> allowedOrigins, boolean loopback) {
        this.allowedHosts = allowedHosts.stream().map(BrowserGuard::canonical).collect(Collectors.toUnmodifiableSet());
        this.allowedOrigins = allowedOrigins.stream()
                .map(Origin::parse)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
        this.loopback = loopback;
    }

    /**
     * The parts of a request that matter here; absent headers are null.
     *
     * @param self the origin of our own pages, as the browser sees it: with what a trusted proxy says in
     *     X-Forwarded-*
     */
    record Request(
            String method,
            String self,
            @Nullable String host,
            @Nullable String origin,
            @Nullable String site,
            @Nullable String mode) {}

    /** Why the request is refused; empty when it may pass. */
    Optional<String> objection(Request request) {
        String host = request.host() == null ? "" : canonical(request.host().replaceFirst(":\\d*$", ""));
        if (request.host() != null && !isOurs(host)) {
            return Optional.of("The host name \"" + host + "\" is not one of this server. If it should be,"
                    + " add it to caravan.security.allowed-hosts.");
        }
        if (request.origin() != null && !maySend(request.origin(), request)) {
            return Optional.of("Requests from pages of " + request.origin() + " are not accepted. If they should be,"
                    + " add that to caravan.security.allowed-origins.");
        }
        if ("cross-site".equals(request.site()) && request.origin() == null && !isLink(request)) {
            return Optional.of("Requests from pages of other sites are not accepted.");
        }
        return Optional.empty();
    }

    /** A proxy that terminates TLS on a port of its own may say https without a port, which Host then has. */
    private boolean maySend(String page, Request request) {
        Optional<Origin> origin = Origin.parse(page);
        String asked = request.self().replaceFirst("//.*", "//") + request.host();
        return origin.isPresent()
                && (origin.equals(Origin.parse(request.self()))
                        || origin.equals(Origin.parse(asked))
                        || allowedOrigins.contains(origin.get()));
    }

    /** A user followed a link to us: the other page sees nothing of the answer. */
    private static boolean isLink(Request request) {
        return "navigate".equals(request.mode()) && request.method().equals("GET");
    }

    /** DNS rebinding needs a name, so for a server beyond loopback any address is fine, such as that of a pod. */
    private boolean isOurs(String host) {
        return LOOPBACK.matcher(host).matches()
                || allowedHosts.contains(host)
                || !loopback && (allowedHosts.isEmpty() || ADDRESS.matcher(host).matches());
    }

    /** In lower case, without the dot that may end a fully qualified name. */
    private static String canonical(String host) {
        return host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
    }

    /** Scheme, host and port, which must all be equal for a page to be ours. */
    private record Origin(String scheme, String host, int port) {

        static Optional<Origin> parse(String text) {
            try {
                URI uri = URI.create(text);
                if (uri.getScheme() == null || uri.getHost() == null) {
                    return Optional.empty();
                }
                String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
                int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
                return Optional.of(new Origin(scheme, canonical(uri.getHost()), port));
            } catch (IllegalArgumentException notAnAddress) {
                return Optional.empty();
            }
        }
    }
}
