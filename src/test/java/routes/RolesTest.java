package routes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import routes.platform.cli.CaravanCommandLine;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The whole application with some of its stages, and no server but those that these need. */
class RolesTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path data;

    @Test
    @DisplayName("The role replay needs a database and no other address, and has nothing of imaging")
    void replay() throws Exception {
        try (ConfigurableApplicationContext application = start(
                "replay",
                "--caravan.local.enabled=false",
                "--spring.datasource.url=jdbc:h2:mem:role-replay;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                "--replay.in-stream.url=router+bind:tcp://127.0.0.1:0",
                "--replay.storage.min-free-space=0B")) {
            awaitReady(application);

            assertThat(groups(application)).containsOnly("platform", "replay");
            assertThat(stopped(application)).isEmpty();
            assertThat(application.getBeansOfType(S3Client.class)).isEmpty();
            assertThat(data.resolve("inbox")).doesNotExist();
            assertThat(data.resolve("frame-store")).isDirectory();
            assertThat(status(application, "/replay/api/v1/jobs")).isEqualTo(200);
            assertThat(status(application, "/api/1/events")).isEqualTo(404);
        }
    }

    @Test
    @DisplayName("A process without replay opens no frame store and no socket, and has no thread of it")
    void imaging() throws Exception {
        // Of the applications that other tests of this JVM share
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        try (ConfigurableApplicationContext application = start(
                "event-ingester",
                "--caravan.local.enabled=false",
                "--spring.datasource.url=jdbc:h2:mem:role-ingester;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                "--spring.data.redis.url=redis://127.0.0.1:9",
                "--replay.out-stream.url=dealer+connect:tcp://127.0.0.1:9")) {
            awaitReady(application);
            CamelContext camel = application.getBean(CamelContext.class);

            assertThat(groups(application)).containsOnly("platform", "imaging");
            assertThat(List.of("zeromq", "frame-store", "replay-job"))
                    .allMatch(name -> camel.hasComponent(name) == null);
            assertThat(data.resolve("frame-store")).doesNotExist();
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !others.contains(thread))
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains("replay-") || name.contains("zeromq"));
            assertThat(status(application, "/replay/api/v1/jobs")).isEqualTo(404);
        }
    }

    @Test
    @DisplayName("Without the stage api its contract is not served, and nothing is tried again and again")
    void withoutApi() throws Exception {
        try (ConfigurableApplicationContext application =
                start("state-manager", "--caravan.local.redis.port=0", "--caravan.local.jms.port=0")) {
            awaitReady(application);
            ModelCamelContext camel = application.getBean(ModelCamelContext.class);

            assertThat(camel.getRouteController().getRouteStatus("imaging-serve-api"))
                    .isEqualTo(ServiceStatus.Stopped);
            assertThat(status(application, "/api/1/events")).isEqualTo(404);

            // What is stopped is visible, and Hawtio can start it
            for (RouteDefinition route : camel.getRouteDefinitions()) {
                if (route.getRouteId()
                        .matches("imaging-(list|show|verify|upload-again|ingest-backlog|requeue|purge)(-.*)?")) {
                    camel.getRouteController().startRoute(route.getRouteId());
                }
            }
            camel.getRouteController().startRoute("imaging-serve-api");
            assertThat(status(application, "/api/1/events")).isEqualTo(200);
        }
    }

    private ConfigurableApplicationContext start(String... arguments) {
        List<ConfigurableApplicationContext> started = new ArrayList<>();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--server.port=0",
                "--caravan.data-dir=" + data,
                "--caravan.routes-directory=" + data.resolve("routes.d")));
        new CaravanCommandLine(settings -> started.add(SpringApplication.run(Caravan.class, settings)))
                .run(all.toArray(String[]::new));
        return started.get(0);
    }

    private void awaitReady(ConfigurableApplicationContext application) {
        await().until(() -> status(application, "/health/ready") == 204);
    }

    private static List<String> groups(ConfigurableApplicationContext application) {
        return application.getBean(ModelCamelContext.class).getRouteDefinitions().stream()
                .filter(route -> !route.getRouteId().matches("platform-(attention|dead-letters)|.+-serve-api"))
                .map(RouteDefinition::getGroup)
                .distinct()
                .toList();
    }

    private static List<String> stopped(ConfigurableApplicationContext application) {
        ModelCamelContext camel = application.getBean(ModelCamelContext.class);
        return camel.getRouteDefinitions().stream()
                .map(RouteDefinition::getRouteId)
                .filter(id -> camel.getRouteController().getRouteStatus(id) != ServiceStatus.Started)
                .toList();
    }

    private int status(ConfigurableApplicationContext application, String path)
            throws IOException, InterruptedException {
        URI uri =
                URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
