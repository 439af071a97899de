package routes.imaging;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The YAML route that posts the report, alone: whether it posts depends on a placeholder, read when it is loaded. */
class ReportRouteTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final CamelContext camel = new DefaultCamelContext();

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    @DisplayName("D14 nothing is counted and nothing is posted when no URL is set")
    void noUrl() throws Exception {
        Exchange done = postTo("");

        assertThat(done.getException()).isNull();
        assertThat(camel.getEndpoint("mock:report", MockEndpoint.class).getReceivedCounter())
                .isZero();
    }

    @Test
    @DisplayName("D14 the report is posted once where a URL is set")
    void url() throws Exception {
        Exchange done = postTo("https://chat.example/hook");

        assertThat(done.getException()).isNull();
        assertThat(camel.getEndpoint("https://imaging-report-webhook", MockEndpoint.class)
                        .getReceivedExchanges())
                .singleElement()
                .satisfies(exchange ->
                        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("card"))
                .satisfies(exchange -> assertThat(exchange.getMessage().getHeader(Exchange.HTTP_URI))
                        .isEqualTo("https://chat.example/hook"));
    }

    private Exchange postTo(String url) throws Exception {
        Properties settings = new Properties();
        settings.setProperty("imaging.report.webhook-url", url);
        settings.setProperty("imaging.report.enabled", "true");
        camel.addComponent("https", new MockComponent());
        camel.getPropertiesComponent().setInitialProperties(settings);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:imaging-report-yesterday").to("mock:report").setBody(constant("card"));
            }
        });
        PluginHelper.getRoutesLoader(camel).loadRoutes(postReport());
        camel.start();
        return camel.createFluentProducerTemplate()
                .to("direct:imaging-post-report")
                .send();
    }

    /** The one route out of the file; the others need brokers. */
    private static Resource postReport() throws IOException {
        try (InputStream file = ReportRouteTest.class.getResourceAsStream("/camel/imaging.camel.yaml")) {
            JsonNode route = StreamSupport.stream(YAML.readTree(file).spliterator(), false)
                    .filter(one -> one.at("/route/id").asText().equals("imaging-post-report"))
                    .findFirst()
                    .orElseThrow();
            return ResourceHelper.fromString(
                    "report.camel.yaml",
                    YAML.writeValueAsString(YAML.createArrayNode().add(route)));
        }
    }
}
