package routes.component.redisstream;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel context whose redis-stream component points at one Redis, for one test. */
public final class CamelRuntime implements AutoCloseable {

    private final CamelContext context = new DefaultCamelContext();

    public CamelRuntime(String redisUrl) {
        RedisStreamComponent component = new RedisStreamComponent();
        component.getConfiguration().setRedisUrl(redisUrl);
        component.getConfiguration().setBlock(200);
        component.getConfiguration().setCommandTimeout(2_000);
        component.getConfiguration().setConsumerName("tester");
        context.addComponent("redis-stream", component);
        context.getShutdownStrategy().setTimeout(5);
    }

    public CamelContext context() {
        return context;
    }

    public CamelRuntime routes(RouteBuilder routes) throws Exception {
        context.addRoutes(routes);
        return this;
    }

    public CamelRuntime start() {
        context.start();
        return this;
    }

    public RedisStreamConsumer consumer(String routeId) {
        return (RedisStreamConsumer) context.getRoute(routeId).getConsumer();
    }

    @Override
    public void close() {
        context.stop();
    }
}
