package routes.platform.schema;

import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.support.SimpleTypeConverter;
import org.springframework.stereotype.Component;

/**
 * Lets a record be the body of a {@code sql:} call, its fields being the parameters: {@code :#imageCount}. Without this
 * converter the component would find none from the record to a map, having looked through all of them for each
 * parameter, at the cost of the statement itself.
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
