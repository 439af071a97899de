package routes.imaging;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Endpoint;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReportWorkflowTest extends ImagingWorkflow {

    @Test
    @DisplayName("D14 the report posts yesterday's three numbers to the webhook as an Adaptive Card")
    void postsYesterday() {
        RecordedRows rows = new RecordedRows(sql);
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        UUID exported = UUID.randomUUID();
        rows.export(rows.event(exported, "report", yesterday), "raw-data/images/report/" + exported, Instant.now());
        rows.event(UUID.randomUUID(), "report", yesterday);
        int before = WEBHOOK.posts().size();

        camel.createFluentProducerTemplate().to("direct:imaging-post-report").send();

        List<String> posts = WEBHOOK.posts().subList(before, WEBHOOK.posts().size());
        assertThat(posts).singleElement().asString().startsWith("POST application/json ");
        JsonNode card = parse(posts.get(0).substring("POST application/json ".length()));
        assertThat(card.at("/type").asText()).isEqualTo("message");
        JsonNode facts = card.at("/attachments/0/content/body/1/facts");
        assertThat(facts).hasSize(3);
        assertThat(facts.path(0).path("value").asLong()).isEqualTo(2);
        assertThat(facts.path(1).path("value").asLong()).isEqualTo(1);
        assertThat(facts.path(2).path("value").asLong()).isZero();
    }

    @Test
    @DisplayName("CP3 the address of the webhook, which is its password, is in no endpoint that Hawtio shows")
    void hidesTheAddress() {
        camel.createFluentProducerTemplate().to("direct:imaging-post-report").send();

        assertThat(camel.getEndpoints())
                .extracting(Endpoint::getEndpointUri)
                .contains("https://imaging-report-webhook")
                .noneMatch(uri -> uri.startsWith(WEBHOOK.url()));
    }
}
