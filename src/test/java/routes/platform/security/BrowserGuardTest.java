package routes.platform.security;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.platform.security.BrowserGuard.Request;

import static org.assertj.core.api.Assertions.assertThat;

class BrowserGuardTest {

    private final BrowserGuard loopback = new BrowserGuard(Set.of("archive.example.org"), false);
    private final BrowserGuard network = new BrowserGuard(Set.of(), true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "LOCALHOST",
                "127.0.0.1:8080",
                "127.1.2.3",
                "[::1]:8080",
                "fastapi.localhost",
                "fastapi.localhost:80",
                "archive.example.org",
                "Archive.Example.org:443"
            })
    void ownNames(String host) {
        assertThat(loopback.objection(request("POST", host, null, null, null))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "evillocalhost",
                "127.0.0.1.evil.example",
                "[::1].evil.example",
                "0.0.0.0",
                ""
            })
    void foreignNamesAreDnsRebinding(String host) {
        assertThat(loopback.objection(request("GET", host, null, null, null)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("caravan.security.allowed-hosts"));
    }

    @Test
    void programsNeedNoHeaders() {
        assertThat(loopback.objection(request("POST", null, null, null, null))).isEmpty();
        assertThat(network.objection(request("POST", "10.1.2.3:8080", null, null, null)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "https://localhost.evil.example",
                "null",
                "file://",
                "http://[",
                "http:///x"
            })
    void pagesOfOthersAreRefused(String origin) {
        assertThat(loopback.objection(request("POST", "localhost:8080", origin, "cross-site", "cors")))
                .isPresent();
        assertThat(network.objection(request("POST", "10.1.2.3:8080", origin, "cross-site", "cors")))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:8080, http://localhost:8080",
        "archive.example.org, https://archive.example.org",
        "127.0.0.1:8080, https://archive.example.org",
        "[::1]:8080, http://[::1]:8080"
    })
    void ownPages(String host, String origin) {
        assertThat(loopback.objection(request("POST", host, origin, "same-origin", "cors")))
                .isEmpty();
    }

    @Test
    void ownPagesOnTheNetwork() {
        assertThat(network.objection(request("POST", "10.1.2.3:8080", "http://10.1.2.3:8080", "same-origin", "cors")))
                .isEmpty();
    }

    @Test
    void foreignPagesMayLinkButNotEmbed() {
        assertThat(loopback.objection(request("GET", "localhost", null, "cross-site", "navigate")))
                .isEmpty();
        assertThat(loopback.objection(request("GET", "localhost", null, "cross-site", "no-cors")))
                .isPresent();
        assertThat(loopback.objection(request("POST", "localhost", null, "cross-site", "navigate")))
                .isPresent();
    }

    private static Request request(
            String method,
            @Nullable String host,
            @Nullable String origin,
            @Nullable String site,
            @Nullable String mode) {
        return new Request(method, host, origin, site, mode);
    }
}
