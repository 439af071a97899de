package routes.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import routes.Caravan;

/** A whole application with settings of its own, which a test starts and stops; the local services have free ports. */
final class RunningCaravan implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningCaravan(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts one; one that was stopped goes on with the same folder.
     *
     * @param data folder of everything it keeps
     * @param settings {@code key=value}
     */
    static RunningCaravan start(Path data, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--replay.enabled=false",
                "--caravan.local.redis.port=0",
                "--caravan.local.s3.port=0",
                "--caravan.local.jms.port=0",
                "--caravan.data-dir=" + data,
                "--caravan.routes-directory=" + data.resolve("routes.d"),
                "--imaging.ingest.poll-interval=100ms",
                "--imaging.ingest.settle=300ms",
                "--imaging.staging.systems=aretha"));
        List.of(settings).forEach(setting -> arguments.add("--" + setting));
        return new RunningCaravan(SpringApplication.run(Caravan.class, arguments.toArray(String[]::new)));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    String setting(String key) {
        return context.getEnvironment().getRequiredProperty(key);
    }

    /** Makes the images of an event and then its file, as a microscope does. */
    SampleEvent drop(SampleEvent event) {
        Path share = bean(ImagingProperties.class).sourceDir().resolve(event.system());
        event.writeImages(share);
        event.writeFile(share.resolve("events"));
        return event;
    }

    /** The event as the API describes it, once it has come to this state. */
    JsonNode await(UUID refId, String state) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> JSON.readTree(
                                send("GET", "/api/1/events/" + refId, "").body()),
                        event -> event.path("state").asText().equals(state));
    }

    /** The answer, which must be a good one. */
    JsonNode get(String path) {
        return json(send("GET", path, ""));
    }

    JsonNode post(String path, String body) {
        return json(send("POST", path, body));
    }

    private static JsonNode json(HttpResponse<String> response) {
        if (response.statusCode() >= 300) {
            throw new AssertionError(response + ": " + response.body());
        }
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whatever is answered, good or bad, within the time. */
    HttpResponse<String> ask(String path, Duration patience) {
        return send(HttpRequest.newBuilder(uri(path)).timeout(patience).GET());
    }

    private HttpResponse<String> send(String method, String path, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return send(request);
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + setting("local.server.port") + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
