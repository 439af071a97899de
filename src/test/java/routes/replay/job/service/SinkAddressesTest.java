package routes.replay.job.service;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.replay.socket.SocketUrl;

import static org.assertj.core.api.Assertions.assertThat;

class SinkAddressesTest {

    @TempDir
    private Path folder;

    private Path allowed;

    @BeforeEach
    void makeFolder() throws IOException {
        allowed = Files.createDirectory(folder.resolve("ipc"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pub+bind:tcp://*:5600",
                "pub+bind:tcp://0.0.0.0:5600",
                "pub+bind:tcp://0:5600",
                "dealer+bind:tcp://192.0.2.7:*",
                "dealer+bind:tcp://loopback.example:5600",
                "dealer+bind:tcp://127.0.0.1.example:5600",
                "dealer+bind:tcp://127.0.0.256:5600",
                "dealer+bind:tcp://localhost.:5600",
                "dealer+bind:tcp://eth0@127.0.0.1:5600"
            })
    @DisplayName("CP4 A sink binds to loopback while the server does, and anywhere else when the server does")
    void network(String url) {
        assertThat(problem(url, true)).get().asString().contains("bind 127.0.0.1");
        assertThat(problem(url, false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pub+bind:tcp://127.0.0.1:0",
                "tcp://127.8.9.10:5600",
                "req+bind:tcp://localhost:*",
                "dealer+connect:tcp://receiver.example:5600",
                "dealer+connect:tcp://192.0.2.7:5600"
            })
    @DisplayName("CP4 A sink binds to loopback and connects to any host")
    void loopback(String url) {
        assertThat(problem(url, true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ipc:///tmp/elsewhere.sock",
                "ipc://relative.sock",
                "ipc://@abstract",
                "ipc://<ipc>",
                "ipc://<ipc>/",
                "ipc://<ipc>/../outside.sock",
                "ipc://<ipc>/./a.sock",
                "ipc://<ipc>-other/a.sock",
                "ipc://<ipc>/none/a.sock",
                "ipc://<ipc>/link/a.sock",
                "ipc://<ipc>/dangling",
                "ipc://<ipc>/file.txt",
                "ipc://<ipc>/sub"
            })
    @DisplayName(
            "CP4 Sockets of sinks are below their folder, whatever dots and links say, and never in the place of a file")
    void paths(String path) throws IOException {
        Files.createDirectory(folder.resolve("ipc-other"));
        Files.createDirectory(allowed.resolve("sub"));
        Files.createSymbolicLink(allowed.resolve("link"), folder);
        Files.createSymbolicLink(allowed.resolve("dangling"), folder.resolve("nothing"));
        Files.writeString(allowed.resolve("file.txt"), "precious");
        String address = path.replace("<ipc>", allowed.toString());

        assertThat(problem("dealer+bind:" + address, false)).get().asString().contains("replay.jobs.ipc-directory");
        assertThat(problem("dealer+connect:" + address, false)).isPresent();
        assertThat(allowed.resolve("none")).doesNotExist();
    }

    @Test
    @DisplayName(
            "CP4 Below the folder a sink may have a new socket, or one that is there; the folder itself may be a link")
    void allowed() throws IOException {
        Files.createDirectory(allowed.resolve("sub"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), allowed);
        Path socket = allowed.resolve("sub/a.sock");
        assertThat(problem("dealer+bind:ipc://" + socket, true)).isEmpty();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertThat(problem("dealer+connect:ipc://" + socket, true)).isEmpty();
        }
        assertThat(new SinkAddresses(link, true).problem(SocketUrl.writer("ipc://" + link.resolve("b.sock"))))
                .isEmpty();
    }

    private Optional<String> problem(String url, boolean loopbackOnly) {
        return new SinkAddresses(allowed, loopbackOnly).problem(SocketUrl.writer(url));
    }
}
