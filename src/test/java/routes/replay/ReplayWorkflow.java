package routes.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import routes.component.framestore.api.FrameStore;

/**
 * The whole application on its local services, seen over HTTP; what the ingress would store is put into the store. All
 * sub-classes share one application, hence each test has sources of its own.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "server.port=0",
            "imaging.enabled=false",
            "replay.ingest.enabled=false",
            "replay.storage.durability=wal",
            "replay.storage.min-free-space=0B"
        })
abstract class ReplayWorkflow {

    static final String API = "/replay/api/v1";

    private static final Path DATA = temporaryFolder();

    @Autowired
    CamelContext camel;

    @Autowired
    Supplier<FrameStore> stores;

    @Autowired
    ObjectMapper json;

    @LocalServerPort
    int port;

    private final HttpClient http = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void data(DynamicPropertyRegistry registry) {
        registry.add("caravan.data-dir", DATA::toString);
        registry.add("caravan.routes-directory", () -> DATA.resolve("routes.d").toString());
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("caravan-replay");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RecordedSource recorded(String source) {
        return RecordedSource.in(stores.get(), source);
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    HttpResponse<String> post(String path, String body) {
        return send("POST", path, body);
    }

    /** @param body JSON with ' for "; none when empty */
    HttpResponse<String> send(String method, String path, String body) {
        HttpRequest.Builder request = request(path);
        if (body.isEmpty()) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                    .header("Content-Type", "application/json");
        }
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    byte[] download(String path) {
        return send(request(path).GET(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + API + path));
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request.build(), handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode parse(HttpResponse<String> response) {
        try {
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
