package routes.imaging.record;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.imaging.EventJson;
import routes.platform.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

class ReportCardTest {

    private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");

    @Test
    @DisplayName("D14 the card is an Adaptive Card 1.2 with the date and three numbers")
    void card() {
        ReportCard card = new ReportCard(new MutableClock("2024-02-02T06:00:00Z"), AMSTERDAM);

        JsonNode json = EventJson.MAPPER.valueToTree(
                card.card(Map.of("event_count", 3L, "export_count", 2L, "archive_count", 1L)));

        assertThat(json.get("type").textValue()).isEqualTo("message");
        JsonNode attachment = json.at("/attachments/0");
        assertThat(attachment.get("contentType").textValue()).isEqualTo("application/vnd.microsoft.card.adaptive");
        assertThat(attachment.get("contentUrl").isNull()).isTrue();
        assertThat(attachment.at("/content/type").textValue()).isEqualTo("AdaptiveCard");
        assertThat(attachment.at("/content/version").textValue()).isEqualTo("1.2");
        assertThat(attachment.at("/content/body/0/type").textValue()).isEqualTo("TextBlock");
        assertThat(attachment.at("/content/body/0/text").textValue()).isEqualTo("2024-02-01");
        assertThat(attachment.at("/content/body/1/type").textValue()).isEqualTo("FactSet");
        assertThat(attachment.at("/content/body/1/facts").findValues("value"))
                .extracting(JsonNode::longValue)
                .containsExactly(3L, 2L, 1L);
    }

    @Test
    @DisplayName("D14 a day without rows is reported with zeros")
    void noRows() {
        ReportCard card = new ReportCard(new MutableClock("2024-02-02T06:00:00Z"), AMSTERDAM);

        assertThat(EventJson.MAPPER.<JsonNode>valueToTree(card.card(Map.of())).findValues("value"))
                .hasSize(3)
                .allSatisfy(value -> assertThat(value.longValue()).isZero());
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-02T06:00:00Z, 2024-02-01",
        "2024-03-01T06:00:00Z, 2024-02-29",
        "2024-02-01T23:30:00Z, 2024-02-01",
        "2024-03-31T05:00:00Z, 2024-03-30"
    })
    @DisplayName("D14 yesterday is a whole day in UTC, also over leap days and changes of the clock")
    void yesterday(String now, String day) {
        OffsetDateTime from = OffsetDateTime.parse(day + "T00:00:00Z");

        assertThat(new ReportCard(new MutableClock(now), AMSTERDAM).yesterday())
                .isEqualTo(Map.of("from", from, "until", from.plusDays(1)));
    }
}
