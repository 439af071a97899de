package routes.component.redisstream;

import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.PatternHelper;
import org.jspecify.annotations.Nullable;
import routes.component.redisstream.stream.RedisLink;
import routes.component.redisstream.stream.StreamWriter;

/** Appends to the stream, or runs one of the other operations on it. Redis is first contacted by the first exchange. */
public class RedisStreamProducer extends DefaultProducer {

    private final RedisStreamConfiguration options;
    private final RedisLink link;
    private final StreamWriter writer;

    RedisStreamProducer(RedisStreamEndpoint endpoint) {
        super(endpoint);
        this.options = endpoint.getConfiguration();
        this.link = endpoint.link();
        this.writer = new StreamWriter(options.getStream(), link);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        RedisStreamOperation operation =
                message.getHeader(RedisStreamConstants.OPERATION, options.getOperation(), RedisStreamOperation.class);
        switch (operation) {
            case add -> message.setHeader(RedisStreamConstants.ID, writer.add(fields(exchange)));
            case trim -> message.setBody(trim(message));
            case requeueDead -> message.setBody(requeueDead(message));
            case createGroup -> message.setBody(writer.createGroup(group(message)));
        }
    }

    @Override
    protected void doShutdown() throws Exception {
        super.doShutdown();
        link.close();
    }

    private Map<String, byte[]> fields(Exchange exchange) throws InvalidPayloadException {
        Object body = exchange.getMessage().getBody();
        Map<String, byte[]> fields = new LinkedHashMap<>();
        if (body instanceof Map<?, ?> map) {
            map.forEach((name, value) -> put(exchange, fields, String.valueOf(name), value));
        } else {
            put(exchange, fields, options.getField(), exchange.getMessage().getMandatoryBody());
            addHeaders(exchange, fields);
        }
        if (fields.isEmpty()) {
            throw new InvalidPayloadException(exchange, Map.class);
        }
        return fields;
    }

    private void addHeaders(Exchange exchange, Map<String, byte[]> fields) {
        String patterns = options.getIncludeHeaders();
        if (patterns == null) {
            return;
        }
        exchange.getMessage().getHeaders().forEach((name, value) -> {
            boolean wanted = PatternHelper.matchPatterns(name, patterns.split("\\s*,\\s*"));
            if (wanted && !options.getHeaderFilterStrategy().applyFilterToCamelHeaders(name, value, exchange)) {
                put(exchange, fields, name, value);
            }
        });
    }

    /** A stream cannot hold null, so null values are left out. */
    private static void put(Exchange exchange, Map<String, byte[]> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, bytes(exchange, value));
        }
    }

    private static byte[] bytes(Exchange exchange, Object value) {
        if (value instanceof byte[] || value instanceof InputStream) {
            return exchange.getContext().getTypeConverter().convertTo(byte[].class, exchange, value);
        }
        String text = exchange.getContext().getTypeConverter().convertTo(String.class, exchange, value);
        if (text == null) {
            throw new IllegalArgumentException("A value of type "
                    + value.getClass().getName() + " cannot be written to a Redis stream: make it text or bytes first");
        }
        return StreamWriter.bytes(text);
    }

    private long trim(Message message) {
        if (options.getRetention() <= 0 && options.getMaxLength() <= 0) {
            throw new IllegalArgumentException("Trimming needs the option retention or maxLength");
        }
        return writer.trim(
                Optional.of(options.getRetention()).filter(age -> age > 0).map(Duration::ofMillis),
                Optional.of(options.getMaxLength()).filter(length -> length > 0),
                Optional.ofNullable(message.getHeader(RedisStreamConstants.KEEP_FROM, String.class)),
                split(options.getRequiredGroups()));
    }

    private long requeueDead(Message message) {
        Object ids = message.getHeader(RedisStreamConstants.DEAD_IDS);
        if (ids == null) {
            return writer.requeueAll();
        }
        return writer.requeue(
                ids instanceof Collection<?> collection
                        ? collection.stream().map(String::valueOf).toList()
                        : split(String.valueOf(ids)));
    }

    private String group(Message message) {
        String group = message.getHeader(RedisStreamConstants.GROUP, options.getGroup(), String.class);
        if (group == null) {
            throw new IllegalArgumentException(
                    "Which group? Set the option group or the header " + RedisStreamConstants.GROUP);
        }
        return group;
    }

    private static List<String> split(@Nullable String list) {
        return list == null || list.isBlank()
                ? List.of()
                : Arrays.asList(list.strip().split("\\s*,\\s*"));
    }
}
