package routes;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.FileSystemResource;

import static org.assertj.core.api.Assertions.assertThat;

/** House rules for the YAML routes. */
class YamlRoutesTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    private static JsonSchema schema;

    @BeforeAll
    static void readSchema() throws IOException {
        try (InputStream input = YamlRoutesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(input);
        }
    }

    static Stream<Path> files() throws IOException {
        return Files.list(Path.of("src/main/resources/camel"));
    }

    @Test
    @DisplayName("Every YAML route in the jar is among those that are loaded")
    void loaded() throws IOException {
        Object pattern = new YamlPropertySourceLoader()
                .load("application", new FileSystemResource("src/main/resources/application.yaml"))
                .get(0)
                .getProperty("camel.main.routes-include-pattern");

        assertThat(String.valueOf(pattern).split(","))
                .containsAll(files().map(file -> "classpath:camel/" + file.getFileName())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("Every YAML route is valid against Camel's schema")
    void valid(Path file) throws IOException {
        assertThat(file.toString()).endsWith(".camel.yaml");
        requireValid(YAML.readTree(file.toFile()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"imaging", "replay"})
    @DisplayName(
            "The routes that a document shows to sites are valid, canonical, and take the place of the workflow's own")
    void documented(String workflow) throws IOException {
        JsonNode shown = YAML.readTree(DocumentedRoutes.of(workflow + ".md"));
        requireValid(shown);
        assertThat(compactUris(shown)).isEmpty();
        assertThat(YAML.readTree(Path.of("src/main/resources/camel", workflow + ".camel.yaml")
                                .toFile())
                        .findValuesAsText("id"))
                .containsAll(shown.findValues("route").stream()
                        .map(route -> route.get("id").asText())
                        .toList());
    }

    private static void requireValid(JsonNode routes) {
        assertThat(routes).isNotEmpty();
        assertThat(schema.validate(routes))
                .filteredOn(message -> !isPlaceholder(
                        routes.at(pointer(message.getInstanceLocation().toString()))))
                .isEmpty();
    }

    /** The schema wants a boolean or a number where Camel also takes {@code {{key}}}. */
    private static boolean isPlaceholder(JsonNode value) {
        return value.isTextual() && value.asText().matches("\\{\\{[^{}]+}}");
    }

    /** {@code $[0].route.id} as {@code /0/route/id}. */
    private static String pointer(String location) {
        return location.replaceAll("^\\$|]", "").replaceAll("[.\\[]", "/");
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("Every YAML route is canonical: options in parameters, not in the uri")
    void canonical(Path file) throws IOException {
        assertThat(compactUris(YAML.readTree(file.toFile()))).isEmpty();
    }

    @Test
    @DisplayName("A compact uri and an unknown key are noticed")
    void notices() throws IOException {
        JsonNode compact = YAML.readTree(
                """
                - route:
                    from:
                      uri: timer:x?period=1
                      steps:
                        - to: log:x
                """);
        assertThat(compactUris(compact)).hasSize(2);
        assertThat(schema.validate(YAML.readTree("- rooute: {}"))).isNotEmpty();
    }

    /** Every uri with a query, and every endpoint written as a bare string. */
    private static List<String> compactUris(JsonNode node) {
        List<String> found = new ArrayList<>();
        node.properties().forEach(field -> {
            boolean endpoint = List.of("to", "toD", "from", "wireTap", "poll").contains(field.getKey());
            boolean query =
                    "uri".equals(field.getKey()) && field.getValue().asText().contains("?");
            if (query || endpoint && field.getValue().isTextual()) {
                found.add(field.getKey() + ": " + field.getValue().asText());
            }
        });
        node.forEach(child -> found.addAll(compactUris(child)));
        return found;
    }
}
