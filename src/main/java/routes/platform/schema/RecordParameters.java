package routes.platform.schema;

import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.support.SimpleTypeConverter;
import org.springframework.stereotype.Component;

/**
 * Lets a record be the body of a {@code sql:} call, with its fields as the parameters: {@code :#imageCount}. Without
 * this converter the component would find no conversion from the record to a map, and would search all converters for
 * each parameter, which costs as much as the statement itself.
 */
@Component
final class RecordParameters implements CamelContextCustomizer {

    @Override
    public void configure(CamelContext context) {
        context.getTypeConverterRegistry()
                .addTypeConverter(
                        Map.class,
                        Record.class,
                        new SimpleTypeConverter(false, (type, exchange, row) -> new RecordFields((Record) row)));
    }
}
