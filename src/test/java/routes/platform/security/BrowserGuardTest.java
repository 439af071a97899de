package routes.platform.security;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.platform.security.BrowserGuard.Request;

import static org.assertj.core.api.Assertions.assertThat;

class BrowserGuardTest {

    private static final String SELF = "http://localhost:8080";

    private final BrowserGuard loopback =
            new BrowserGuard(Set.of("archive.example.org"), Set.of("https://pages.example.org"), true);
    private final BrowserGuard network = new BrowserGuard(Set.of(), Set.of(), false);
    private final BrowserGuard named = new BrowserGuard(Set.of("Archive.example.org"), Set.of(), false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "LOCALHOST",
                "localhost.",
                "127.0.0.1:8080",
                "127.1.2.3",
                "[::1]:8080",
                "fastapi.localhost",
                "fastapi.localhost:80",
                "archive.example.org",
                "Archive.Example.org:443",
                "archive.example.org.:8080"
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
                ".localhost",
                "127.0.0.1.evil.example",
                "[::1].evil.example",
                "0.0.0.0",
                "10.1.2.3:8080",
                "[fe80::1]",
                ""
            })
    void foreignNamesAreDnsRebinding(String host) {
        assertThat(loopback.objection(request("GET", host, null, null, null)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("caravan.security.allowed-hosts"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3",
                "10.1.2.3:8080",
                "10.1.2.3.:8080",
                "192.0.2.1",
                "[fd00::12]:8080",
                "[FD00::AB]",
                "[::ffff:10.1.2.3]:8080",
                "archive.example.org",
                "ARCHIVE.EXAMPLE.ORG.:443",
                "localhost:8080"
            })
    @DisplayName("CP15 outside of loopback any address will do beside the allowed hosts")
    void addresses(String host) {
        assertThat(named.objection(request("GET", host, null, null, null))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "10.1.2.3.evil.com",
                "10.1.2.3:80.evil.com",
                "10.1.2.3evil.com",
                "evil.com:10.1.2.3",
                "[fd00::12].evil.com",
                "[fd00::12]evil.com:80",
                "[evil.com]",
                "[evil]:80",
                "fd00::12",
                "10.1.2.3..",
                "10.1.2",
                "ann@10.1.2.3",
                "10.1.2.3/x",
                ""
            })
    @DisplayName("CP15 a name that looks like an address is a name")
    void namesLikeAddresses(String host) {
        assertThat(named.objection(request("GET", host, null, null, null))).isPresent();
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
                "http:///x",
                "http://localhost:3000",
                "http://localhost",
                "https://localhost:8080",
                "http://127.0.0.1:8080",
                "http://other.localhost:8080",
                "http://archive.example.org",
                "http://pages.example.org",
                "https://pages.example.org:8443"
            })
    @DisplayName("CP6 only pages of our own origin and the listed ones may send, none of another port or scheme")
    void pagesOfOthersAreRefused(String origin) {
        assertThat(loopback.objection(request("POST", "localhost:8080", origin, "same-site", "cors")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("caravan.security.allowed-origins"));
        assertThat(network.objection(request("POST", "localhost:8080", origin, "cross-site", "cors")))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, http://localhost:8080",
        "http://LOCALHOST.:8080, http://localhost:8080",
        "https://archive.example.org:443, https://archive.example.org",
        "http://archive.example.org:80, http://Archive.example.org",
        "http://127.0.0.1:8080, https://pages.example.org",
        "http://127.0.0.1:8080, https://pages.example.org:443",
        "http://[::1]:8080, http://[::1]:8080"
    })
    void ownPages(String self, String origin) {
        assertThat(loopback.objection(new Request("POST", self, "localhost", origin, "same-origin", "cors")))
                .isEmpty();
    }

    @Test
    @DisplayName("CP6 a page is ours, too, when a proxy says https and only Host has the port")
    void ownPagesBehindAProxy() {
        String self = "https://archive.example.org:443";
        String host = "archive.example.org:8443";
        assertThat(named.objection(new Request("POST", self, host, "https://" + host, "same-origin", "cors")))
                .isEmpty();
        assertThat(named.objection(new Request("POST", self, host, "http://" + host, "same-site", "cors")))
                .isPresent();
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
        return new Request(method, SELF, host, origin, site, mode);
    }
}
