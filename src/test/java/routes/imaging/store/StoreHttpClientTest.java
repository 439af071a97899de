package routes.imaging.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.imaging.HookedHttpClient;
import routes.imaging.TestStore;
import routes.imaging.tar.TarDigest;
import routes.imaging.tar.TarLayout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class StoreHttpClientTest {

    private static final UUID EVENT = UUID.randomUUID();
    private static final int LARGE = 8 << 20;

    @TempDir
    Path source;

    private TarLayout layout;
    private TarDigest digest;

    @BeforeEach
    void makeTar() throws IOException {
        Files.write(source.resolve("a.tif"), new byte[LARGE]);
        layout = TarLayout.of(source, Optional.empty());
        digest = TarDigest.of(layout, layout.length());
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    @DisplayName("CI11 a store that refuses a taken key before it has the body, and closes, is understood at once")
    void takenKey(boolean asksForTheBody) throws Exception {
        try (RefusingStore store = new RefusingStore("412 Precondition Failed", asksForTheBody);
                S3Client s3 = store.connection().open();
                PartBody body = new PartBody(layout, digest, 0)) {
            assertThat(new ObjectStore(s3, "b").put("k", EVENT, digest, body, null))
                    .isEmpty();
            assertThat(store.requests).hasValue(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403 Forbidden, false",
        "403 Forbidden, true",
        "413 Content Too Large, false",
        "413 Content Too Large, true"
    })
    @DisplayName(
            "CI11 any other refusal that comes before the end of the body is a refusal, of the whole and of a part")
    void refused(String status, boolean asksForTheBody) throws Exception {
        try (RefusingStore store = new RefusingStore(status, asksForTheBody);
                S3Client s3 = store.connection().open();
                PartBody body = new PartBody(layout, digest, 0)) {
            ObjectStore objects = new ObjectStore(s3, "b");

            assertThatThrownBy(() -> objects.put("k", EVENT, digest, body, null))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining(status.substring(0, 3));
            assertThatThrownBy(() -> objects.putPart("k", "upload", 0, digest.partLength(0), body))
                    .isInstanceOf(StoreRefusedException.class)
                    .hasMessageContaining(status.substring(0, 3));
            assertThat(store.requests).hasValue(2);
        }
    }

    @Test
    @DisplayName("CI11 a store that is too busy for the body says so, and is tried again")
    void busy() throws Exception {
        try (RefusingStore store = new RefusingStore("503 Slow Down", true);
                S3Client s3 = store.connection().open();
                PartBody body = new PartBody(layout, digest, 0)) {
            assertThatThrownBy(() -> new ObjectStore(s3, "b").put("k", EVENT, digest, body, null))
                    .isExactlyInstanceOf(UploadFailedException.class)
                    .hasMessageContaining("503");
            assertThat(store.requests).hasValueGreaterThan(1);
        }
    }

    @Test
    @DisplayName("CI11 the local store refuses a taken key, small and large, which is understood from its first answer")
    void localStore() throws Exception {
        try (TestStore store = new TestStore();
                HookedHttpClient http = new HookedHttpClient(store.connection().openHttp(), operation -> 0);
                S3Client s3 = store.connection().open(http)) {
            ObjectStore objects = new ObjectStore(s3, TestStore.BUCKET);
            Path small = Files.createDirectories(source.resolve("small"));
            Files.write(small.resolve("a.tif"), new byte[20_000]);
            for (TarLayout tar : new TarLayout[] {layout, TarLayout.of(small, Optional.empty())}) {
                TarDigest sum = TarDigest.of(tar, tar.length());
                String key = "k" + tar.length();
                try (PartBody body = new PartBody(tar, sum, 0)) {
                    assertThat(objects.put(key, EVENT, sum, body, null)).isPresent();
                    http.operations().clear();
                    for (int i = 0; i < 20; i++) {
                        assertThat(objects.put(key, EVENT, sum, body, null)).isEmpty();
                    }
                    // Now and then it closes without an answer, and the SDK tries again
                    assertThat(http.count("PUT")).isLessThan(30);
                }
            }
        }
    }

    /** Answers each request when it has its headers, reads nothing of its body, and closes the connection. */
    private static final class RefusingStore implements AutoCloseable {

        private final ServerSocket server = new ServerSocket();
        private final AtomicInteger requests = new AtomicInteger();
        private final String status;
        private final boolean asksForTheBody;
        private final CompletableFuture<Void> serving;

        RefusingStore(String status, boolean asksForTheBody) throws IOException {
            this.status = status;
            this.asksForTheBody = asksForTheBody;
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            serving = CompletableFuture.runAsync(this::serve);
        }

        S3Connection connection() {
            return new S3Connection(
                    Optional.of(URI.create("http://127.0.0.1:" + server.getLocalPort())),
                    Optional.of("us-east-1"),
                    Optional.of(AwsBasicCredentials.create("local", "locallocal")),
                    true,
                    2,
                    Duration.ofSeconds(30));
        }

        private void serve() {
            while (!server.isClosed()) {
                try (Socket connection = server.accept()) {
                    answer(connection);
                } catch (IOException closed) {
                    // by the client, or by the end of the test
                }
            }
        }

        private void answer(Socket connection) throws IOException {
            InputStream in = new BufferedInputStream(connection.getInputStream(), 1);
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            requests.incrementAndGet();
            if (asksForTheBody) {
                write(connection, "HTTP/1.1 100 Continue\r\n\r\n");
                // The client is in the middle of it
                in.read();
            }
            write(connection, "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        }

        private static void write(Socket connection, String text) throws IOException {
            connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            connection.getOutputStream().flush();
        }

        @Override
        public void close() throws IOException {
            server.close();
            serving.join();
        }
    }
}
