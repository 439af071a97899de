package routes.platform.schema;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** A record as a map of its fields, in their order. A field is read only when it is asked for. */
final class RecordFields extends AbstractMap<String, @Nullable Object> {

    private static final ClassValue<Map<String, Method>> ACCESSORS = new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getAccessor)
                    .peek(accessor -> accessor.setAccessible(true))
                    .collect(Collectors.toMap(
                            Method::getName, accessor -> accessor, (one, other) -> one, LinkedHashMap::new));
        }
    };

    private final Record row;
    private final Map<String, Method> accessors;

    RecordFields(Record row) {
        this.row = row;
        this.accessors = ACCESSORS.get(row.getClass());
    }

    @Override
    public boolean containsKey(Object name) {
        return accessors.containsKey(name);
    }

    @Override
    public @Nullable Object get(Object name) {
        Method accessor = accessors.get(name);
        return accessor == null ? null : read(accessor);
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        accessors.forEach((name, accessor) -> values.put(name, read(accessor)));
        return values.entrySet();
    }

    private @Nullable Object read(Method accessor) {
        try {
            return accessor.invoke(row);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException("Cannot read " + accessor, e);
        }
    }
}
