package routes.platform.logging;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.task.Tasks;
import org.apache.camel.support.task.budget.Budgets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import routes.component.zeromq.ZeroMqConsumer;
import routes.component.zeromq.socket.ZeroMqMode;

/** Logs at the end of the start what can be opened: the pages, the servers and the bound ZeroMQ sockets. */
@Component
class AddressReport implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(AddressReport.class);

    /** The name that is shown, and the path or the key of the address. */
    private record Entry(String title, String where) {}

    private static final List<Entry> PAGES = List.of(
            new Entry("API documents", "/docs"),
            new Entry("Hawtio", "/actuator/hawtio"),
            new Entry("Health", "/health/ready"));

    private static final List<Entry> SERVERS = List.of(
            new Entry("Redis", "spring.data.redis.url"),
            new Entry("Kafka", "camel.component.kafka.brokers"),
            new Entry("S3", "camel.component.aws2-s3.uri-endpoint-override"),
            new Entry("JMS", "spring.artemis.broker-url"));

    private static final Duration SOCKET_PATIENCE = Duration.ofSeconds(5);
    private static final Duration SOCKET_INTERVAL = Duration.ofMillis(20);

    private final Environment environment;
    private final CamelContext camel;

    AddressReport(Environment environment, CamelContext camel) {
        this.environment = environment;
        this.camel = camel;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        long running = camel.getRoutes().stream().filter(this::isStarted).count();
        LOG.info(
                "{} of {} routes run. Caravan can be reached at:{}",
                running,
                camel.getRoutesSize(),
                addresses().entrySet().stream()
                        .map(entry -> "%n  %-32s %s".formatted(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining()));
    }

    private Map<String, String> addresses() {
        Map<String, String> addresses = new LinkedHashMap<>();
        String web = web();
        if (!web.isEmpty()) {
            PAGES.forEach(page -> addresses.put(page.title(), web + page.where()));
        }
        SERVERS.forEach(server -> {
            String address = environment.getProperty(server.where());
            if (StringUtils.hasText(address)) {
                addresses.put(server.title(), address.replaceAll("//[^/@]*@", "//"));
            }
        });
        camel.getRoutes().forEach(route -> {
            if (isBoundSocket(route)) {
                addresses.put("ZeroMQ, " + route.getRouteId(), socketOf(route));
            }
        });
        return addresses;
    }

    private String web() {
        String port = environment.getProperty("local.server.port");
        if (port == null) {
            return "";
        }
        boolean tls = environment.getProperty("server.ssl.enabled", Boolean.class, true)
                && (environment.containsProperty("server.ssl.bundle")
                        || environment.containsProperty("server.ssl.key-store")
                        || environment.containsProperty("server.ssl.certificate"));
        String host = environment.getProperty("server.address", "0.0.0.0");
        return "%s://%s:%s%s"
                .formatted(
                        tls ? "https" : "http",
                        host.equals("0.0.0.0") || host.equals("::")
                                ? "localhost"
                                : host.contains(":") ? "[" + host + "]" : host,
                        port,
                        environment.getProperty("server.servlet.context-path", ""));
    }

    private boolean isBoundSocket(Route route) {
        return route.getConsumer() instanceof ZeroMqConsumer consumer
                && consumer.getEndpoint().getConfiguration().getMode() == ZeroMqMode.bind
                && isStarted(route);
    }

    private boolean isStarted(Route route) {
        return camel.getRouteController().getRouteStatus(route.getRouteId()).isStarted();
    }

    /** The socket opens while its route starts, and only then replaces a port 0 by a real one. */
    private String socketOf(Route route) {
        ZeroMqConsumer consumer = (ZeroMqConsumer) route.getConsumer();
        boolean open = Tasks.foregroundTask()
                .withBudget(Budgets.iterationTimeBudget()
                        .withInterval(SOCKET_INTERVAL)
                        .withMaxDuration(SOCKET_PATIENCE)
                        .build())
                .withName("address-of-socket")
                .build()
                .run(camel, () -> !consumer.getEndpoints().isEmpty());
        return open ? consumer.getEndpoints() : consumer.getEndpoint().getAddress() + " (not open yet)";
    }
}
