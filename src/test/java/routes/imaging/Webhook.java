package routes.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A chat's webhook: keeps what is posted to it. Ends with the JVM. */
final class Webhook {

    private final HttpServer server;
    private final List<String> posts = new CopyOnWriteArrayList<>();

    private Webhook(HttpServer server) {
        this.server = server;
    }

    static Webhook start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Webhook webhook = new Webhook(server);
            server.createContext("/", webhook::keep);
            server.start();
            return webhook;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(HttpExchange request) throws IOException {
        String type = request.getRequestHeaders().getFirst("Content-Type");
        String body = new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        posts.add(request.getRequestMethod() + " " + type + " " + body);
        request.sendResponseHeaders(200, -1);
        request.close();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** What was posted so far, oldest first: method, content type and body with a space between. */
    List<String> posts() {
        return posts;
    }
}
