package routes.imaging;

import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The fields of a record by their names, as parameters of a statement. From any other body than a map, the SQL component
 * looks for a converter to a map twice a parameter, and the search for one that does not exist costs as much as the
 * statement.
 */
final class SqlParameters {

    private SqlParameters() {}

    static Map<String, @Nullable Object> of(Record row) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        try {
            for (RecordComponent component : row.getClass().getRecordComponents()) {
                parameters.put(component.getName(), component.getAccessor().invoke(row));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("Cannot read " + row.getClass(), e);
        }
        return parameters;
    }
}
