package routes.component.zeromq;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The committed catalog against the annotations, in case a build was not committed whole. */
class ZeroMqMetadataTest {

    @Test
    @DisplayName("the catalog lists exactly the annotated options, with their defaults, and describes each")
    void optionsAreCatalogued() throws Exception {
        JsonNode catalog = catalog();

        for (Field option : options()) {
            JsonNode entry = catalog.at("/properties/" + option.getName());
            assertThat(entry.isMissingNode()).as(option.getName()).isFalse();
            assertThat(entry.at("/description").asText()).as(option.getName()).isNotBlank();
            UriParam annotation = option.getAnnotation(UriParam.class);
            if (annotation != null) {
                assertThat(entry.at("/defaultValue").asText("")).isEqualTo(annotation.defaultValue());
                assertThat(entry.at("/secret").asBoolean()).isEqualTo(annotation.secret());
                assertThat(entry.at("/label").asText()).isEqualTo(annotation.label());
            }
        }
        List<String> inherited =
                List.of("bridgeErrorHandler", "exceptionHandler", "exchangePattern", "lazyStartProducer");
        assertThat(catalog.at("/properties").fieldNames())
                .toIterable()
                .filteredOn(name -> !inherited.contains(name))
                .containsExactlyInAnyOrderElementsOf(
                        options().stream().map(Field::getName).toList());
    }

    @Test
    @DisplayName("the catalog lists exactly the header constants")
    void headersAreCatalogued() throws Exception {
        List<String> headers = Arrays.stream(ZeroMqConstants.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Metadata.class))
                .map(ZeroMqMetadataTest::value)
                .toList();

        assertThat(catalog().at("/headers").fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(headers);
    }

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Field> options() {
        return Arrays.stream(ZeroMqConfiguration.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(UriParam.class) || field.isAnnotationPresent(UriPath.class))
                .toList();
    }

    /** As Camel itself finds it. */
    private static JsonNode catalog() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            return new ObjectMapper().readTree(context.getComponentParameterJsonSchema("zeromq"));
        }
    }
}
