package routes.component.redisstream;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.HeaderFilterStrategy;
import routes.component.redisstream.RedisStreamComponent.ConsumerIdentity;
import routes.component.redisstream.stream.StreamEntry;

/** Turns entries into exchanges. */
final class EntryExchanges {

    private final RedisStreamConsumer consumer;
    private final ConsumerIdentity identity;
    private final RedisStreamConfiguration options;

    EntryExchanges(RedisStreamConsumer consumer, ConsumerIdentity identity, RedisStreamConfiguration options) {
        this.consumer = consumer;
        this.identity = identity;
        this.options = options;
    }

    Exchange create(StreamEntry entry) {
        Exchange exchange = consumer.createExchange(true);
        Message message = exchange.getIn();
        addBody(exchange, message, entry);
        long time = entry.time().toEpochMilli();
        message.setHeader(RedisStreamConstants.ID, entry.id());
        message.setHeader(RedisStreamConstants.STREAM, identity.stream());
        message.setHeader(RedisStreamConstants.GROUP, identity.group());
        message.setHeader(RedisStreamConstants.CONSUMER, identity.consumer());
        message.setHeader(RedisStreamConstants.DELIVERIES, entry.deliveries());
        message.setHeader(RedisStreamConstants.TIMESTAMP, time);
        message.setHeader(Exchange.MESSAGE_TIMESTAMP, time);
        return exchange;
    }

    private void addBody(Exchange exchange, Message message, StreamEntry entry) {
        String field = options.getField();
        boolean present = entry.fields().containsKey(field);
        switch (options.getBodyType()) {
            case map -> message.setBody(entry.texts());
            case auto -> message.setBody(present && entry.fields().size() == 1 ? entry.text(field) : entry.texts());
            case data -> {
                message.setBody(present ? entry.text(field) : null);
                addHeaders(exchange, message, entry);
            }
            case bytes -> {
                message.setBody(entry.fields().get(field));
                addHeaders(exchange, message, entry);
            }
        }
    }

    private void addHeaders(Exchange exchange, Message message, StreamEntry entry) {
        HeaderFilterStrategy filter = options.getHeaderFilterStrategy();
        entry.texts().forEach((name, value) -> {
            boolean wanted =
                    !name.equals(options.getField()) && !filter.applyFilterToExternalHeaders(name, value, exchange);
            if (wanted) {
                message.setHeader(name, value);
            }
        });
    }
}
