package routes.replay.socket;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SocketUrlTest {

    @ParameterizedTest
    @CsvSource({
        "router+bind:tcp://0.0.0.0:5555, ROUTER, true, tcp://0.0.0.0:5555",
        "sub+connect:ipc:///run/v.sock, SUB, false, ipc:///run/v.sock",
        "rep+bind:tcp://*:0, REP, true, tcp://*:0",
        "tcp://0.0.0.0:5555, ROUTER, true, tcp://0.0.0.0:5555",
        "ipc://relative/path, ROUTER, true, ipc://relative/path"
    })
    @DisplayName("RP11 ingress: type and mode are taken from the prefix, else router and bind")
    void readers(String url, ReaderType type, boolean bind, String endpoint) {
        SocketUrl<ReaderType> parsed = SocketUrl.reader(url);

        assertThat(parsed.type()).isEqualTo(type);
        assertThat(parsed.bind()).isEqualTo(bind);
        assertThat(parsed.endpoint()).isEqualTo(endpoint);
        assertThat(parsed.isIpc()).isEqualTo(endpoint.startsWith("ipc"));
        assertThat(SocketUrl.reader(parsed.toString())).isEqualTo(parsed);
    }

    @ParameterizedTest
    @CsvSource({
        "pub+bind:tcp://0.0.0.0:5556, PUB, true, tcp://0.0.0.0:5556,",
        "req+connect:tcp://10.0.0.7:5600, REQ, false, tcp://10.0.0.7:5600,",
        "dealer+connect:tcp://10.0.0.7:5600:cam-9, DEALER, false, tcp://10.0.0.7:5600, cam-9",
        "dealer+bind:ipc:///run/v.sock:cam-9, DEALER, true, ipc:///run/v.sock, cam-9",
        "tcp://0.0.0.0:5556, DEALER, true, tcp://0.0.0.0:5556,"
    })
    @DisplayName("RP11 RP13 sinks: dealer and bind by default; a typed one may end with a source")
    void writers(String url, WriterType type, boolean bind, String endpoint, String source) {
        SocketUrl<WriterType> parsed = SocketUrl.writer(url);

        assertThat(parsed.type()).isEqualTo(type);
        assertThat(parsed.bind()).isEqualTo(bind);
        assertThat(parsed.endpoint()).isEqualTo(endpoint);
        assertThat(parsed.source().orElse(null)).isEqualTo(source);
        assertThat(SocketUrl.writer(parsed.toString())).isEqualTo(parsed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pub+bind:tcp://0.0.0.0:1",
                "dealer+bind:tcp://0.0.0.0:1",
                "req+bind:tcp://0.0.0.0:1",
                "sub+bind:udp://x",
                "sub+bind:tcp://1.1.1.1:1:cam",
                "sub+connect:ipc:///run/v.sock:cam",
                "tcp://1.1.1.1:1:cam",
                "foo+bar:tcp://1.1.1.1:1",
                "sub+listen:tcp://1.1.1.1:1",
                "SUB+bind:tcp://1.1.1.1:1",
                "sub:tcp://1.1.1.1:1",
                "+:tcp://1.1.1.1:1",
                "tcp://1.1.1.1",
                "tcp://1.1.1.1:",
                "tcp://1.1.1.1:65536",
                "tcp://1.1.1.1:999999",
                "tcp://[::1]:5555",
                "tcp://:5555",
                "sub+connect:tcp://1.1.1.1:0",
                "ipc://",
                "inproc://x",
                ""
            })
    @DisplayName("RP12 RP13 what an ingress cannot be")
    void notReaders(String url) {
        assertThatThrownBy(() -> SocketUrl.reader(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sub+connect:tcp://1.1.1.1:1",
                "router+bind:tcp://1.1.1.1:1",
                "rep+bind:tcp://1.1.1.1:1",
                "pub+bind:udp://x",
                "tcp://1.1.1.1:1:cam",
                "dealer+connect:tcp://1.1.1.1:1:"
            })
    @DisplayName("RP12 RP13 what a sink cannot be")
    void notWriters(String url) {
        assertThatThrownBy(() -> SocketUrl.writer(url)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theErrorNamesTheChoices() {
        assertThatThrownBy(() -> SocketUrl.writer("router+bind:tcp://1.1.1.1:1"))
                .hasMessage("must be of type pub, dealer, req, is \"router\"");
    }

    @Property
    void anyTextIsParsedOrRefused(@ForAll String text) {
        try {
            assertThat(SocketUrl.writer(text).endpoint()).isNotEmpty();
        } catch (IllegalArgumentException e) {
            assertThat(e).message().isNotBlank();
        }
    }
}
