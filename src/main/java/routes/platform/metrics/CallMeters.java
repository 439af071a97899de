package routes.platform.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.component.micrometer.eventnotifier.MicrometerExchangeEventNotifier;
import org.apache.camel.spi.CamelEvent.ExchangeCreatedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.springframework.stereotype.Component;

/**
 * Times the calls of endpoints, and counts what is under way in each route. What Camel's own notifier does besides at the
 * end of each exchange is left out: it times routes once more by the endpoint they begin with, which route policies do
 * already, and in 4.17 it searches all meters of the registry for one gauge, a fifth of the CPU time of a fast route.
 */
@Component
class CallMeters extends MicrometerExchangeEventNotifier {

    // Without the context, which sets itself: it looks for notifiers while it is made
    CallMeters(MeterRegistry registry) {
        setMeterRegistry(registry);
    }

    @Override
    protected void handleCreatedEvent(ExchangeCreatedEvent created) {
        // only for the timer of the end
    }

    @Override
    protected void handleDoneEvent(ExchangeEvent done) {
        // see above
    }
}
