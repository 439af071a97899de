package routes.component.zeromq;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.component.zeromq.CamelRuntime.eventually;

/** What a bound ipc address does to the files at its path. */
@Timeout(60)
class IpcFilesTest {

    @TempDir
    private Path folder;

    private Path path;
    private CamelRuntime camel;

    @BeforeEach
    void open() {
        path = folder.resolve("a.sock");
        camel = new CamelRuntime();
    }

    @AfterEach
    void close() {
        camel.close();
    }

    @Test
    @DisplayName("CP4 A consumer leaves a file alone and says that it is none of its sockets")
    void consumer() throws Exception {
        Files.writeString(path, "precious");

        camel.consume("zeromq:ipc://" + path + "?mode=bind&socketType=PULL");

        eventually().until(() -> camel.consumer().getTrouble().contains("is not a socket"));
        assertThat(path).hasContent("precious");
    }

    @Test
    @DisplayName("CP4 A producer leaves files and links alone")
    void producer() throws Exception {
        Path precious = Files.writeString(folder.resolve("precious"), "precious");
        Files.createSymbolicLink(path, precious);

        Exchange sent = camel.send("zeromq:ipc://" + path + "?mode=bind&socketType=PUSH&sendTimeout=1000", "x");

        assertThat(sent.getException()).hasMessageContaining("is not a socket");
        assertThat(path).isSymbolicLink();
        assertThat(precious).hasContent("precious");
    }

    @Test
    @DisplayName("CP4 The socket of a process that died is replaced, one that somebody listens at is not")
    void sockets() throws Exception {
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(path));
            camel.consume("zeromq:ipc://" + path + "?mode=bind&socketType=PULL&reopenDelay=50&reopenMaxDelay=50");
            eventually().until(() -> camel.consumer().getTrouble().contains("in use"));
        }

        eventually().until(() -> camel.consumer().getTrouble().isEmpty());
        assertThat(camel.send("zeromq:ipc://" + path + "?socketType=PUSH", "hello")
                        .getException())
                .isNull();
        eventually().until(() -> camel.seen().contains("hello"));
    }

    @Test
    @DisplayName("CP4 What took the place of the socket is not deleted when the socket is closed")
    void replaced() throws Exception {
        camel.consume("zeromq:ipc://" + path + "?mode=bind&socketType=PULL");
        camel.boundAddress();
        Files.delete(path);
        Files.writeString(path, "precious");

        camel.context().getRouteController().stopRoute("consumer");

        assertThat(path).hasContent("precious");
    }
}
