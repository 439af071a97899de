package routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** House rules for the REST contracts. */
class ContractsTest {

    private static final Pattern KEBAB_CASE = Pattern.compile("[a-z]+(-[a-z0-9]+)+");

    static Stream<Path> contracts() throws IOException {
        return Files.list(Path.of("src/main/resources/openapi"));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    @DisplayName("Every contract parses without a message and has one base path")
    void parses(Path file) throws IOException {
        SwaggerParseResult result = parse(file);

        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getServers()).hasSize(1);
        assertThat(result.getOpenAPI().getServers().get(0).getUrl()).startsWith("/");
        assertThat(result.getOpenAPI().getInfo().getDescription()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    @DisplayName("Every operation has a kebab-case id, a summary, described parameters and problems for errors")
    void operations(Path file) throws IOException {
        OpenAPI api = parse(file).getOpenAPI();
        SoftAssertions softly = new SoftAssertions();
        api.getPaths().forEach((path, item) -> item.readOperations().forEach(operation -> {
            String id = String.valueOf(operation.getOperationId());
            softly.assertThat(id).as(path).matches(KEBAB_CASE);
            softly.assertThat(operation.getSummary()).as(id + " summary").isNotBlank();
            parametersOf(operation).forEach(parameter -> describes(softly, id, parameter));
            describesErrors(softly, id, operation);
        }));
        softly.assertAll();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    @DisplayName("Every field of every schema is described")
    void schemas(Path file) throws IOException {
        OpenAPI api = parse(file).getOpenAPI();
        SoftAssertions softly = new SoftAssertions();
        Map<String, Schema<?>> schemas = cast(api.getComponents().getSchemas());
        schemas.forEach((name, schema) -> {
            softly.assertThat(schema.getDescription()).as(name).isNotBlank();
            Map<String, Schema<?>> fields = cast(schema.getProperties());
            fields.forEach((field, type) -> softly.assertThat(type.getDescription() != null || type.get$ref() != null)
                    .as(name + "." + field + " is described")
                    .isTrue());
        });
        softly.assertAll();
    }

    private static void describes(SoftAssertions softly, String id, Parameter parameter) {
        String name = id + " " + parameter.getName();
        softly.assertThat(parameter.getDescription()).as(name).isNotBlank();
        softly.assertThat(parameter.getSchema()).as(name + " schema").isNotNull();
        softly.assertThat(parameter.getExample()).as(name + " example").isNotNull();
    }

    private static void describesErrors(SoftAssertions softly, String id, Operation operation) {
        softly.assertThat(operation.getResponses().keySet())
                .as(id)
                .contains("default")
                .anyMatch(it -> it.startsWith("2"));
        if (!parametersOf(operation).isEmpty() || operation.getRequestBody() != null) {
            softly.assertThat(operation.getResponses().keySet()).as(id).containsAnyOf("400", "422");
        }
        operation.getResponses().forEach((status, response) -> {
            if (!status.startsWith("2")) {
                softly.assertThat(response.getContent())
                        .as(id + " " + status)
                        .containsOnlyKeys("application/problem+json");
            }
        });
    }

    private static List<Parameter> parametersOf(Operation operation) {
        return operation.getParameters() == null ? List.of() : operation.getParameters();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Map<String, Schema<?>> cast(Map<String, Schema> schemas) {
        return schemas == null ? Map.of() : (Map) schemas;
    }

    private static SwaggerParseResult parse(Path file) throws IOException {
        ParseOptions options = new ParseOptions();
        options.setResolveFully(true);
        return new OpenAPIV3Parser().readContents(Files.readString(file), null, options);
    }
}
