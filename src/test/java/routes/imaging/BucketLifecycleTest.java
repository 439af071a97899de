package routes.imaging;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BucketLifecycleTest {

    @Test
    @DisplayName("the bucket lifecycle file has a rule for each prefix, for objects on tape and for unfinished uploads")
    void rules() throws Exception {
        JsonNode rules = new ObjectMapper()
                .readTree(Path.of("docs/bucket-lifecycle.json").toFile())
                .get("Rules");
        Map<String, Integer> days = new HashMap<>();
        for (JsonNode rule : rules) {
            assertThat(rule.get("Status").asText()).isEqualTo("Enabled");
            JsonNode filter = rule.get("Filter");
            String scope =
                    filter.path("Tag").path("Key").asText(filter.path("Prefix").asText());
            days.put(
                    rule.has("Expiration") ? scope : "unfinished",
                    rule.has("Expiration")
                            ? rule.get("Expiration").get("Days").asInt()
                            : rule.get("AbortIncompleteMultipartUpload")
                                    .get("DaysAfterInitiation")
                                    .asInt());
        }

        assertThat(days)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("images/", 14, "videos/", 14, "backups/", 30, "archived", 7, "unfinished", 7));
    }
}
