package routes;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import routes.component.framestore.FrameStoreConfiguration;
import routes.component.framestore.FrameStoreConstants;
import routes.component.redisstream.RedisStreamConfiguration;
import routes.component.redisstream.RedisStreamConstants;
import routes.component.zeromq.ZeroMqConfiguration;
import routes.component.zeromq.ZeroMqConstants;

import static org.assertj.core.api.Assertions.assertThat;

/** The committed catalogs of our components against the annotations, in case a build was not committed whole. */
class ComponentMetadataTest {

    /** Of one component: its scheme, and the classes of its options and headers. */
    record Described(String scheme, Class<?> configuration, Class<?> constants) {

        @Override
        public String toString() {
            return scheme;
        }
    }

    static Stream<Described> components() {
        return Stream.of(
                new Described("redis-stream", RedisStreamConfiguration.class, RedisStreamConstants.class),
                new Described("zeromq", ZeroMqConfiguration.class, ZeroMqConstants.class),
                new Described("frame-store", FrameStoreConfiguration.class, FrameStoreConstants.class));
    }

    @ParameterizedTest
    @MethodSource("components")
    @DisplayName("the catalog lists exactly the annotated options, with their defaults, and describes each")
    void optionsAreCatalogued(Described component) throws Exception {
        JsonNode catalog = catalog(component);
        List<Field> options = options(component);

        for (Field option : options) {
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
                        options.stream().map(Field::getName).toList());
    }

    @ParameterizedTest
    @MethodSource("components")
    @DisplayName("the catalog lists exactly the header constants")
    void headersAreCatalogued(Described component) throws Exception {
        List<String> headers = Arrays.stream(component.constants().getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Metadata.class))
                .map(ComponentMetadataTest::value)
                .toList();

        assertThat(catalog(component).at("/headers").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(headers);
    }

    private static String value(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Field> options(Described component) {
        return Arrays.stream(component.configuration().getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(UriParam.class) || field.isAnnotationPresent(UriPath.class))
                .toList();
    }

    /** As Camel itself finds it. */
    private static JsonNode catalog(Described component) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            return new ObjectMapper().readTree(context.getComponentParameterJsonSchema(component.scheme()));
        }
    }
}
