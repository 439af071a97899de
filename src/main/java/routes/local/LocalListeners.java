package routes.local;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.core.env.Environment;
import routes.platform.config.Listeners;

/** The ports of the local servers that this start needs. */
final class LocalListeners implements Listeners {

    @Override
    public Map<String, InetSocketAddress> listeners(Environment environment) {
        LocalServicesPlan plan = new LocalServicesPlan(environment);
        return plan.missing().stream()
                .filter(service -> service != LocalService.SQL)
                .collect(Collectors.toMap(
                        LocalService::portKey,
                        service -> new InetSocketAddress(LoopbackPort.HOST, plan.portOf(service))));
    }
}
