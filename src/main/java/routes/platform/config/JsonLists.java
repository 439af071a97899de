package routes.platform.config;

import java.util.Collection;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.stereotype.Component;

/**
 * Accepts lists of texts in one value as JSON, {@code ["prince","aretha"]}, as the originals want them. Spring Boot
 * has already split such a value at its commas by the time a converter sees it, so the pieces are joined again.
 */
@Component
class JsonLists implements ConfigurationPropertiesBindHandlerAdvisor {

    private static final TypeReference<List<String>> STRINGS = new TypeReference<>() {};

    @Override
    public BindHandler apply(BindHandler parent) {
        return new AbstractBindHandler(parent) {
            @Override
            public Object onSuccess(
                    ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
                return super.onSuccess(name, target, context, unpacked(result));
            }
        };
    }

    private static Object unpacked(Object result) {
        if (!(result instanceof Collection<?> pieces)
                || pieces.isEmpty()
                || !(pieces.iterator().next() instanceof String first)
                || !first.startsWith("[")) {
            return result;
        }
        String json = String.join(",", pieces.stream().map(String::valueOf).toList());
        try {
            return new ObjectMapper().readValue(json, STRINGS);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("must be a list such as prince,aretha or [\"prince\",\"aretha\"]", e);
        }
    }
}
