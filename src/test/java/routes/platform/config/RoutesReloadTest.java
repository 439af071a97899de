package routes.platform.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Good and bad files in the routes directory while Caravan runs. */
class RoutesReloadTest {

    private static final String ROUTE =
            """
            - route:
                id: site-answer
                from:
                  uri: direct:site-answer
                  steps:
                    - setBody:
                        expression:
                          constant:
                            expression: %s
            """;

    @TempDir
    private Path directory;

    private final CamelContext camel = new DefaultCamelContext();
    private final CarefulRouteReload reload = new CarefulRouteReload();

    @BeforeEach
    void start() throws Exception {
        camel.addService(reload);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:java").routeId("java").setBody(constant("java"));
            }
        });
        camel.start();
        load(ROUTE.formatted("old"));
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void changedFileReplacesItsRouteAndNoOther() throws Exception {
        load(ROUTE.formatted("new"));
        assertThat(answer()).isEqualTo("new");
        assertThat(camel.createProducerTemplate().requestBody("direct:java", ""))
                .isEqualTo("java");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- route:\n    id: site-answer\n  from: [",
                "- route:\n    id: site-answer\n    from:\n      uri: direct:site-answer\n      steps:\n        - fly: away\n",
                "- route:\n    id: site-answer\n    from:\n      uri: nosuchthing:site-answer\n      steps:\n        - log: x\n",
                "- route:\n    id: site-answer\n    from:\n      uri: direct:site-answer\n      steps:\n        - to: nosuchthing:x\n",
                "- route:\n    id: site-answer\n    from:\n      uri: direct:java\n      steps:\n        - log: x\n",
            })
    void badFileIsRefusedAndTheOldRouteStays(String bad) {
        assertThatThrownBy(() -> load(bad)).hasMessageContaining("was refused and its routes stay as they were");
        assertThat(answer()).isEqualTo("old");
        assertThat(camel.getRouteController().getRouteStatus("site-answer")).isEqualTo(ServiceStatus.Started);
    }

    @Test
    void badFileDoesNotStandInTheWayOfOthers() throws Exception {
        assertThatThrownBy(() -> load("- fly: away")).hasMessageContaining("line 1");
        load(ROUTE.formatted("new"));
        assertThat(answer()).isEqualTo("new");
    }

    private void load(String yaml) throws Exception {
        Path file = write(yaml);
        reload.getResourceReload()
                .onReload(file.toString(), PluginHelper.getResourceLoader(camel).resolveResource("file:" + file));
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(directory.resolve("site.camel.yaml"), yaml);
    }

    private String answer() {
        return camel.createProducerTemplate().requestBody("direct:site-answer", "", String.class);
    }
}
