package routes.component.redisstream;

import java.util.Map;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** DOWN while a consumer cannot read from Redis, or when one of its threads has ended. */
final class RedisStreamHealthCheck extends AbstractHealthCheck {

    private final RedisStreamConsumer consumer;

    RedisStreamHealthCheck(RedisStreamConsumer consumer, String id) {
        super("camel", id);
        this.consumer = consumer;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("stream", consumer.getStream());
        builder.detail("group", consumer.getGroup());
        consumer.trouble()
                .ifPresentOrElse(
                        reason -> builder.message("The consumer of " + consumer.getStream() + " in group "
                                        + consumer.getGroup() + " cannot read: " + reason)
                                .down(),
                        builder::up);
    }
}
