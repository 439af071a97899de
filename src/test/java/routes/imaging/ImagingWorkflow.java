package routes.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import org.apache.camel.CamelContext;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The whole application on its local services, seen from outside: files, Redis, S3, SQL, HTTP. All sub-classes share
 * one application, hence their events have ids and folders of their own, and no test may stop a service for good.
 *
 * <p>The waiting times are short; prince goes without staging, aretha with it; sources of both may be deleted, those
 * of bowie not.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "server.port=0",
            "caravan.http.body-timeout=5s",
            "caravan.local.redis.port=0",
            "caravan.local.s3.port=0",
            "caravan.local.jms.port=0",
            // No ingress, but its API is there for HostileRequestsTest and its routes for RoutesHouseTest
            "replay.ingest.enabled=false",
            "replay.storage.durability=wal",
            "replay.storage.min-free-space=0B",
            "imaging.systems=prince,aretha,bowie",
            "imaging.ingest.poll-interval=100ms",
            "imaging.ingest.settle=300ms",
            "imaging.ingest.parse-grace=3s",
            "imaging.ingest.image-grace=3s",
            "imaging.ingest.image-recheck=200ms",
            "imaging.staging.systems=aretha",
            "imaging.upload.retry-delays=500ms,1s",
            "imaging.upload.multipart-threshold=8MB",
            "imaging.upload.part-size=5MB",
            "imaging.retention.delete-systems=prince,aretha",
            "imaging.retention.interval=1h"
        })
abstract class ImagingWorkflow {

    private static final Path DATA = temporaryFolder();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Where the daily report goes. */
    static final Webhook WEBHOOK = Webhook.start();

    @Autowired
    CamelContext camel;

    @Autowired
    JdbcClient sql;

    @Autowired
    S3Client s3;

    @Autowired
    ObjectMapper json;

    @Autowired
    ImagingProperties imaging;

    @Autowired
    Environment environment;

    @LocalServerPort
    int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private RedisClient redisClient;
    private StatefulRedisConnection<String, String> redisConnection;
    RedisCommands<String, String> redis;

    @DynamicPropertySource
    static void data(DynamicPropertyRegistry registry) {
        registry.add("caravan.data-dir", DATA::toString);
        registry.add("caravan.routes-directory", () -> DATA.resolve("routes.d").toString());
        registry.add("imaging.report.webhook-url", WEBHOOK::url);
    }

    @BeforeEach
    void connectToRedis() {
        redisClient = RedisClient.create(environment.getRequiredProperty("spring.data.redis.url"));
        redisConnection = redisClient.connect();
        redis = redisConnection.sync();
    }

    @AfterEach
    void disconnectFromRedis() {
        redisConnection.close();
        redisClient.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("caravan-workflow");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
    }

    Path share(String system) {
        return imaging.sourceDir().resolve(system);
    }

    Path events(String system) {
        return share(system).resolve("events");
    }

    /** Makes the images of an event and then its file, as a microscope does. */
    SampleEvent drop(SampleEvent event) {
        event.writeImages(share(event.system()));
        event.writeFile(events(event.system()));
        return event;
    }

    /** Entries of the stream of new events that are about this one, parsed. */
    List<JsonNode> published(UUID refId) {
        return entries(imaging.streams().events(), refId);
    }

    List<JsonNode> announced(UUID refId) {
        return entries(imaging.streams().exports(), refId);
    }

    private List<JsonNode> entries(String stream, UUID refId) {
        return redis.xrange(stream, Range.unbounded()).stream()
                .map(StreamMessage::getBody)
                .filter(fields -> fields.containsKey("data"))
                .map(fields -> parse(fields.get("data")))
                .filter(entry -> entry.path("ref_id").asText().equals(refId.toString()))
                .toList();
    }

    JsonNode parse(String text) {
        try {
            return json.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the event is recorded as uploaded and gives its description by the API. */
    JsonNode awaitExported(UUID refId) {
        return await().until(
                        () -> event(refId),
                        event -> !event.path("exported_at").isMissingNode()
                                && !event.path("exported_at").isNull());
    }

    JsonNode event(UUID refId) {
        return parse(get("/api/1/events/" + refId).body());
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    HttpResponse<String> post(String path, Map<String, ?> body) {
        try {
            return send(HttpRequest.newBuilder(uri(path))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse<String> post(String path) {
        return send(HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    byte[] download(String url) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Writes a file as a careful producer does: beside it, then renamed. */
    static void writeAtomically(Path file, byte[] content) {
        try {
            Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
            Files.createDirectories(file.getParent());
            Files.write(unfinished, content);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
