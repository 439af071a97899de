package routes.platform.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import static org.assertj.core.api.Assertions.assertThat;

class KnownKeysTest {

    private static final String METADATA =
            """
            {"properties": [
              {"name": "imaging.source-dir", "type": "java.nio.file.Path"},
              {"name": "imaging.systems", "type": "java.util.List<java.lang.String>"},
              {"name": "imaging.upload.jobs", "type": "java.lang.Integer"},
              {"name": "imaging.labels", "type": "java.util.Map<java.lang.String,java.lang.String>"},
              {"name": "imaging.people", "type": "java.util.List<routes.platform.config.KnownKeysTest$Person>"}
            ]}
            """;

    record Person(String firstName, String role) {}

    private KnownKeys known;

    @BeforeEach
    void read() throws IOException {
        known = KnownKeys.read(
                new ByteArrayInputStream(METADATA.getBytes(StandardCharsets.UTF_8)),
                getClass().getClassLoader());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imaging.source-dir",
                "imaging.sourceDir",
                "imaging.source_dir",
                "imaging.systems",
                "imaging.systems[3]",
                "imaging.labels.any.thing",
                "imaging.people[0].first-name"
            })
    void knows(String key) {
        assertThat(known.contains(ConfigurationPropertyName.adapt(key, '.'))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "imaging.sorce-dir, imaging.source-dir",
        "imaging.upload.job, imaging.upload.jobs",
        "imaging.people[0].firstname2, imaging.people[0].first-name",
        "imaging.system, imaging.systems",
    })
    void suggestsTheNearest(String key, String nearest) {
        var name = ConfigurationPropertyName.adapt(key, '.');
        assertThat(known.contains(name)).isFalse();
        assertThat(known.nearest(name)).hasValue(nearest);
    }

    @Test
    void suggestsNothingWhenNothingIsNear() {
        assertThat(known.nearest(ConfigurationPropertyName.of("imaging.completely.different")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IMAGING_SOURCEDIR",
                "IMAGING_SOURCE_DIR",
                "IMAGING_SYSTEMS_0",
                "IMAGING_LABELS_COLOUR",
                "IMAGING_PEOPLE_12_FIRSTNAME"
            })
    void knowsVariables(String variable) {
        assertThat(known.containsVariable(variable)).isTrue();
    }

    @Test
    void suggestsVariables() {
        assertThat(known.containsVariable("IMAGING_SORUCE_DIR")).isFalse();
        assertThat(known.nearestVariable("IMAGING_SORUCE_DIR")).hasValue("IMAGING_SOURCEDIR");
        assertThat(known.nearestVariable("IMAGING_SOMETHING_ELSE")).isEmpty();
    }

    @Test
    void readsTheApplicationsOwnKeys() {
        assertThat(KnownKeys.ofThisApplication().contains(ConfigurationPropertyName.of("caravan.data-dir")))
                .isTrue();
    }
}
