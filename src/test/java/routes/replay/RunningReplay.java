package routes.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import routes.Caravan;
import routes.component.framestore.FrameStoreComponent;
import routes.component.framestore.api.FrameStore;
import routes.replay.job.service.EventStreams;

import static org.assertj.core.api.Assertions.assertThat;

/** A whole application with the jobs and the API of replay; recordings are put into its store. */
public final class RunningReplay implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningReplay(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts one; one that was stopped goes on with the same folder.
     *
     * @param settings {@code key=value}
     */
    public static RunningReplay start(Path data, String... settings) {
        Map<String, String> all = new LinkedHashMap<>(Map.of(
                "server.port", "0",
                "caravan.data-dir", data.toString(),
                "caravan.routes-directory", data.resolve("routes.d").toString(),
                "imaging.enabled", "false",
                "replay.ingest.enabled", "false",
                "replay.egress.enabled", "false",
                "replay.storage.min-free-space", "1MB",
                "replay.storage.ttl", "0s",
                "replay.protocol.announced", "1.15.7"));
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        return new RunningReplay(new SpringApplication(Caravan.class)
                .run(all.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new)));
    }

    CamelContext camel() {
        return context.getBean(CamelContext.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public FrameStore store() {
        return camel().getComponent("frame-store", FrameStoreComponent.class).store("replay");
    }

    public RecordedSource source(String name) {
        return RecordedSource.in(store(), name);
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port")
                + (path.startsWith("/api/") ? "" : "/replay/api/v1") + path);
    }

    /** A status and a body. */
    public record Answer(int status, JsonNode body, String type) {

        public JsonNode ok() {
            assertThat(status).as(body.toString()).isEqualTo(200);
            return body;
        }
    }

    Answer get(String path) {
        return call("GET", path, null);
    }

    public Answer call(String method, String path, JsonNode body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
        if (body == null) {
            request.method(method, HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, HttpRequest.BodyPublishers.ofString(body.toString()));
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            return new Answer(
                    response.statusCode(), response.body().isEmpty() ? Json.of("null") : parse(response.body()), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode parse(String body) {
        try {
            return new com.fasterxml.jackson.databind.ObjectMapper().readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(body, e);
        }
    }

    /** All lines of a stream of events, once it has ended. */
    CompletableFuture<List<String>> follow(String path) {
        HttpRequest request = HttpRequest.newBuilder(uri(path)).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofLines()).thenApply(response -> {
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            return response.body().toList();
        });
    }

    int followers(UUID job) {
        return bean(EventStreams.class).count(job);
    }

    public UUID create(JsonNode request) {
        return UUID.fromString(call("PUT", "/job", request).ok().get("new_job").textValue());
    }

    public JsonNode detail(UUID job) {
        return get("/jobs/" + job).ok();
    }

    /** Waits for a state. */
    public JsonNode await(UUID job, String state) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> detail(job),
                        detail -> detail.get("state").textValue().equals(state));
    }

    @Override
    public void close() {
        context.close();
    }
}
