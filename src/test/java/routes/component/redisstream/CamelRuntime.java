package routes.component.redisstream;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel context whose redis-stream component points at one Redis, for one test. */
final class CamelRuntime implements AutoCloseable {

    private final CamelContext context = new DefaultCamelContext();

    CamelRuntime(String redisUrl) {
        RedisStreamComponent component = new RedisStreamComponent();
        component.getConfiguration().setRedisUrl(redisUrl);
        component.getConfiguration().setBlock(200);
        component.getConfiguration().setCommandTimeout(2_000);
        component.getConfiguration().setConsumerName("tester");
        context.addComponent("redis-stream", component);
        context.getShutdownStrategy().setTimeout(5);
    }

    CamelContext context() {
        return context;
    }

    CamelRuntime routes(RouteBuilder routes) throws Exception {
        context.addRoutes(routes);
        return this;
    }

    CamelRuntime start() {
        context.start();
        return this;
    }

    RedisStreamConsumer consumer(String routeId) {
        return (RedisStreamConsumer) context.getRoute(routeId).getConsumer();
    }

    @Override
    public void close() {
        context.stop();
    }
}
