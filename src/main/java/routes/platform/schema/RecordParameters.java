package routes.platform.schema;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.support.SimpleTypeConverter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets a record be the body of a {@code sql:} call, its fields being the parameters: {@code :#imageCount}. Without this
 * converter the component would find none from the record to a map, having looked through all of them for each
 * parameter, at the cost of the statement itself.
 */
@Component
final class RecordParameters implements CamelContextCustomizer {

    private static final ClassValue<List<Method>> ACCESSORS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getAccessor)
                    .peek(accessor -> accessor.setAccessible(true))
                    .toList();
        }
    };

    @Override
    public void configure(CamelContext context) {
        context.getTypeConverterRegistry()
                .addTypeConverter(
                        Map.class,
                        Record.class,
                        new SimpleTypeConverter(false, (type, exchange, row) -> toMap((Record) row)));
    }

    /** The record's fields by name; null where a field is. */
    static Map<String, @Nullable Object> toMap(Record row) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        for (Method accessor : ACCESSORS.get(row.getClass())) {
            try {
                parameters.put(accessor.getName(), accessor.invoke(row));
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalArgumentException("Cannot read " + accessor, e);
            }
        }
        return parameters;
    }
}
