package routes.imaging;

import java.nio.charset.StandardCharsets;
import java.util.Properties;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.DocumentedRoutes;

import static org.assertj.core.api.Assertions.assertThat;

/** The route that docs/imaging.md shows to sites, alone. */
class TapeSiteRouteTest {

    private static final String NOTIFICATION = "{'job_id': 1}";

    private final CamelContext camel = new DefaultCamelContext();

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    @DisplayName("a notification is passed on to Kafka as it came, after it was recorded, and only then")
    void passedOn() throws Exception {
        Properties settings = new Properties();
        settings.setProperty("imaging.tape.uri", "direct:tape");
        settings.setProperty("imaging.tape.enabled", "true");
        MockComponent kafka = new MockComponent();
        // By the name it would be taken for the real one
        kafka.setAutowiredEnabled(false);
        camel.addComponent("kafka", kafka);
        camel.getPropertiesComponent().setInitialProperties(settings);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:imaging-record-tape-notification")
                        .filter(body().isEqualTo("unrecordable"))
                        .throwException(new IllegalStateException("the database is away"))
                        .end()
                        .setBody(constant("what the recording route leaves behind"));
            }
        });
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.fromString("site.camel.yaml", DocumentedRoutes.of("imaging.md")));
        camel.start();

        assertThat(send(NOTIFICATION.getBytes(StandardCharsets.UTF_8)).getException())
                .isNull();
        assertThat(send("unrecordable").getException()).hasMessage("the database is away");

        assertThat(camel.getEndpoint("kafka:tape-notifications", MockEndpoint.class)
                        .getReceivedExchanges())
                .extracting(exchange -> exchange.getMessage().getBody())
                .containsExactly(NOTIFICATION);
    }

    private Exchange send(Object body) {
        return camel.createFluentProducerTemplate()
                .withBody(body)
                .to("direct:tape")
                .send();
    }
}
