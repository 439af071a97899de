package routes.platform.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.component.micrometer.eventnotifier.MicrometerExchangeEventNotifier;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.PatternHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Times the calls of endpoints, and counts what is under way in each route. What Camel's own notifier does besides is left
 * out, a fifth of the CPU time of a fast route and of the garbage of a replay job in 4.17: at each event it copies the
 * list of all routes to find the exchange's; at the end of each exchange it searches all meters of the registry for one
 * gauge, and times the route once more by the endpoint it begins with, which route policies do already.
 */
@Component
class CallMeters extends MicrometerExchangeEventNotifier {

    private final String[] unmetered;

    /** @param unmetered patterns of the ids of routes that come and go, each of which would leave timers behind */
    // Without the context, which sets itself: it looks for notifiers while it is being created
    CallMeters(MeterRegistry registry, @Value("${camel.metrics.route-policy-exclude-pattern:}") String[] unmetered) {
        setMeterRegistry(registry);
        this.unmetered = unmetered;
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeSendingEvents(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeFailedEvents(true);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeSentEvent sent
                && isMetered(sent.getExchange().getFromRouteId())) {
            handleSentEvent(sent);
        }
    }

    private boolean isMetered(@Nullable String route) {
        return route == null || !PatternHelper.matchPatterns(route, unmetered);
    }
}
