package routes.platform.rest;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Answers that are made while they are sent, as a client sees them on its socket. */
@RestTest
class StreamedAnswerTest {

    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

    @Autowired
    CamelContext camel;

    @LocalServerPort
    int port;

    private final Source source = new Source();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicReference<Object> outcome = new AtomicReference<>();

    @BeforeEach
    void addRoute() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/streamed")
                        .routeId("test-stream-answer")
                        .routeConfigurationId("rest")
                        .onCompletion()
                        .process(StreamedAnswerTest.this::end)
                        .end()
                        .removeHeaders("*")
                        .setBody(exchange -> source)
                        // Another step, before which Camel caches streams
                        .log(LoggingLevel.DEBUG, "answering");
            }
        });
    }

    private void end(Exchange exchange) {
        outcome.set(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, "complete", Object.class));
        over.countDown();
    }

    @AfterEach
    void removeRoute() throws Exception {
        source.parts.add(new byte[0]);
        camel.getRouteController().stopRoute("test-stream-answer");
        camel.removeRoute("test-stream-answer");
    }

    @Test
    @DisplayName("The first bytes of a streamed answer are there before the last are made")
    void streams() throws Exception {
        source.parts.add("first".getBytes(StandardCharsets.US_ASCII));
        try (Socket client = ask()) {
            String begun = readTo(client, "first");
            assertThat(begun).startsWith("HTTP/1.1 200").contains("chunked");
            assertThat(over.getCount()).isOne();

            source.parts.add("last".getBytes(StandardCharsets.US_ASCII));
            source.parts.add(new byte[0]);

            assertThat(readTo(client, LAST_CHUNK)).contains("last");
        }
        assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(outcome.get()).isEqualTo("complete");
        assertThat(source.closed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName(
            "A streamed answer that fails in the middle is not ended as if it were complete, and nothing follows it")
    void breaksOff() throws Exception {
        source.parts.add("first".getBytes(StandardCharsets.US_ASCII));
        try (Socket client = ask()) {
            readTo(client, "first");

            source.failure = new IOException("The disk is gone");
            source.parts.add(new byte[0]);

            assertThat(rest(client)).isIn("", "\r\n");
        }
        assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(outcome.get()).isSameAs(source.failure);
        assertThat(source.closed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName("A streamed answer that fails before its first byte is a problem")
    void failsAtOnce() throws Exception {
        source.failure = new IOException("The disk is gone");
        source.parts.add(new byte[0]);

        try (Socket client = ask()) {
            assertThat(readTo(client, "error_id"))
                    .startsWith("HTTP/1.1 500")
                    .contains("application/problem+json")
                    .doesNotContain("The disk is gone");
        }
        assertThat(source.closed.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName("A client that hangs up ends the making of its answer")
    void ends() throws Exception {
        source.endless = true;
        Socket client = ask();
        readTo(client, "endless");
        client.close();

        assertThat(source.closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(outcome.get()).isInstanceOf(IOException.class);
    }

    private Socket ask() throws IOException {
        Socket client = new Socket("127.0.0.1", port);
        client.setSoTimeout(20_000);
        client.getOutputStream()
                .write("GET /streamed HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private static String readTo(Socket client, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = client.getInputStream().read();
            assertThat(next).as("the byte after " + read).isNotNegative();
            read.append((char) next);
        }
        return read.toString();
    }

    /** Up to where the server breaks the connection. */
    private static String rest(Socket client) {
        StringBuilder read = new StringBuilder();
        try {
            for (int next = client.getInputStream().read();
                    next >= 0;
                    next = client.getInputStream().read()) {
                read.append((char) next);
            }
        } catch (IOException reset) {
            assertThat(reset).isNotInstanceOf(java.net.SocketTimeoutException.class);
        }
        return read.toString();
    }

    /** Gives what it is given; an empty part ends it. */
    private static final class Source extends InputStream implements StreamedAnswer {

        private final BlockingQueue<byte[]> parts = new LinkedBlockingQueue<>();
        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile boolean endless;
        private volatile IOException failure;

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            byte[] part = endless ? "endless".getBytes(StandardCharsets.US_ASCII) : take();
            if (part.length == 0 && failure != null) {
                throw failure;
            }
            System.arraycopy(part, 0, target, offset, part.length);
            return part.length == 0 ? -1 : part.length;
        }

        private byte[] take() throws IOException {
            try {
                return parts.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
