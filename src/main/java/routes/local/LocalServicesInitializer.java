package routes.local;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts the missing services as soon as the configuration is known and before any bean is created, so that beans find
 * the addresses, and the servers can get ready while Spring starts.
 */
final class LocalServicesInitializer implements ApplicationContextInitializer<GenericApplicationContext>, Ordered {

    private static final String NAME = "localServices";

    @Override
    public void initialize(GenericApplicationContext context) {
        LocalServicesPlan plan = new LocalServicesPlan(context.getEnvironment());
        List<LocalService> missing = plan.missing();
        if (missing.isEmpty()) {
            return;
        }
        DataDirectory directory = DataDirectory.open(plan.dataDirectory());
        List<LocalServer> servers = missing.stream()
                .map(service -> plan.serverFor(service, directory))
                .toList();
        publishAddresses(context, servers);
        LocalServices services = new LocalServices(directory, servers);
        register(context, services);
        services.launch();
    }

    /** Comes before all other sources, because a blank value elsewhere counts as unset and must not win. */
    private static void publishAddresses(GenericApplicationContext context, List<LocalServer> servers) {
        Map<String, Object> addresses = new HashMap<>();
        servers.forEach(server -> addresses.putAll(server.clientProperties()));
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource(NAME, addresses));
    }

    /** Registered before every other bean, and therefore destroyed after all of them. */
    private static void register(GenericApplicationContext context, LocalServices services) {
        DefaultListableBeanFactory beans = context.getDefaultListableBeanFactory();
        beans.registerSingleton(NAME, services);
        beans.registerDisposableBean(NAME, services);
        ApplicationListener<ApplicationFailedEvent> stopOnFailure = failed -> services.destroy();
        context.addApplicationListener(stopOnFailure);
    }

    /** Runs last, after the initializers that add properties, which tests have. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }
}
