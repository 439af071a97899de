package routes.platform.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeRedeliveryEvent;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.EventNotifierSupport;
import org.apache.camel.support.RoutePolicySupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import routes.platform.errors.ErrorClassifier;

/**
 * Whether the messages of each route reach their target. A route that runs but whose every message fails, because its
 * target is full or away, makes no progress, and its stage must say so. Failures that are the message's own fault do
 * not count.
 */
@Component
class RouteProgress extends EventNotifierSupport implements RoutePolicyFactory {

    /** Shorter outages are overcome by retries and need no attention. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /**
     * Longer than any source waits before it retries: after this time the failed message is gone, and no other has
     * come.
     */
    private static final Duration MEMORY = Duration.ofHours(2);

    private final ErrorClassifier classifier;
    private final Clock clock;
    private final Map<String, Failing> failing = new ConcurrentHashMap<>();

    RouteProgress(ErrorClassifier classifier, Clock clock) {
        this.classifier = classifier;
        this.clock = clock;
        setIgnoreCamelContextEvents(true);
        setIgnoreCamelContextInitEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeFailedEvents(true);
        setIgnoreExchangeSendingEvents(true);
        setIgnoreExchangeSentEvents(true);
    }

    /** @param last when a message failed last */
    private record Failing(Instant since, Instant last, String reason) {}

    /** Why no message gets through, once that has lasted for a while. */
    Optional<String> trouble(String routeId) {
        Instant now = clock.instant();
        return Optional.ofNullable(failing.get(routeId))
                .filter(state -> !now.isBefore(state.since().plus(PATIENCE)))
                .filter(state -> now.isBefore(state.last().plus(MEMORY)))
                .map(state -> "every message has failed since " + state.since() + ", last: " + state.reason());
    }

    /** The exchange of a message that its route redelivers does not end before the route gives up. */
    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeRedeliveryEvent redelivery) {
            Exchange exchange = redelivery.getExchange();
            failed(exchange.getFromRouteId(), causeOf(exchange));
        }
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext camel, String routeId, NamedNode route) {
        return new RoutePolicySupport() {
            @Override
            public void onExchangeDone(Route done, Exchange exchange) {
                // When a message passes several routes, only the first one counts; callers over HTTP get their answer
                if (routeId.equals(exchange.getFromRouteId()) && !done.isCreatedByRestDsl()) {
                    ended(routeId, exchange);
                }
            }

            @Override
            public void onRemove(Route removed) {
                failing.remove(routeId);
            }
        };
    }

    private void ended(String routeId, Exchange exchange) {
        boolean handled = exchange.getExchangeExtension().isFailureHandled();
        if (exchange.isFailed() || handled) {
            failed(routeId, causeOf(exchange));
        } else if (!failing.isEmpty()) {
            failing.remove(routeId);
        }
    }

    private static @Nullable Throwable causeOf(Exchange exchange) {
        return exchange.getException() != null
                ? exchange.getException()
                : exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
    }

    private void failed(@Nullable String routeId, @Nullable Throwable cause) {
        if (routeId != null && cause != null && !classifier.isPermanent(cause)) {
            Instant now = clock.instant();
            String reason = reasonOf(cause);
            failing.merge(
                    routeId,
                    new Failing(now, now, reason),
                    (before, first) -> now.isBefore(before.last().plus(MEMORY))
                            ? new Failing(before.since(), now, reason)
                            : first);
        }
    }

    /** Skips wrappers of Camel and the JDK, which say nothing of their own. */
    private static String reasonOf(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && (cause instanceof RuntimeCamelException || cause.getMessage() == null)) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
