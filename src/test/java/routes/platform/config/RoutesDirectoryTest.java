package routes.platform.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A site's own routes in a running application, with the Camel settings of our application.yaml. */
@ExtendWith(OutputCaptureExtension.class)
class RoutesDirectoryTest {

    private static final String TIMER =
            """
            - route:
                id: %s
                from:
                  uri: timer:%s
                  steps:
                    - log:
                        message: here
            """;

    private static final String NO_BROKER =
            """
            - route:
                id: site-without-broker
                from:
                  uri: kafka:topic
                  parameters:
                    brokers: "nowhere.invalid:1"
                  steps:
                    - log:
                        message: here
            """;

    @TempDir
    private Path directory;

    @Test
    void routeThatCannotStartIsTriedAgainAndTheOthersRun() throws IOException {
        write("good.yaml", TIMER.formatted("site-good", "good"));
        write("broker.yaml", NO_BROKER);
        try (var app = start()) {
            CamelContext camel = app.getBean(CamelContext.class);
            assertThat(camel.getRouteController().isSupervising()).isTrue();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            camel.getRouteController().supervising().getRestartingRoutes())
                    .extracting(Route::getRouteId)
                    .containsExactly("site-without-broker"));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> camel.getRouteController().getRouteStatus("site-good") == ServiceStatus.Started);
        }
    }

    @Test
    void filesAreLoadedWhenTheyAppearAndRefusedWhenTheyAreWrong(CapturedOutput output) throws IOException {
        try (var app = start()) {
            CamelContext camel = app.getBean(CamelContext.class);
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        // again and again, as nobody tells when the watching begins
                        write("late.yaml", TIMER.formatted("site-late", "late"));
                        return camel.getRouteController().getRouteStatus("site-late") == ServiceStatus.Started;
                    });
            write("late.yaml", "- fly: away\n");
            await().atMost(Duration.ofSeconds(30)).until(() -> output.getAll().contains("late.yaml was refused"));
            assertThat(camel.getRouteController().getRouteStatus("site-late")).isEqualTo(ServiceStatus.Started);
        }
    }

    private void write(String name, String yaml) throws IOException {
        Files.writeString(directory.resolve(name), yaml);
    }

    private ConfigurableApplicationContext start() {
        SpringApplication application = new SpringApplication(Small.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application.run(
                "--caravan.routes-directory=" + directory,
                "--camel.main.routes-include-pattern=file:" + directory + "/*.yaml",
                "--spring.datasource.url=jdbc:h2:mem:routes",
                "--spring.config.additional-location=classpath:/no-local-services.properties");
    }

    /** Without @Configuration, so that no component scan of another test finds it. */
    @EnableAutoConfiguration
    @EnableConfigurationProperties(CaravanProperties.class)
    @Import(RoutesDirectory.class)
    static class Small {}
}
