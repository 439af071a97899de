package routes.platform.errors;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Predicate;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.component.redisstream.RedisStreamEndpoint;
import routes.platform.InvalidInputException;

import static org.apache.camel.builder.PredicateBuilder.and;

/**
 * The error policy of every route, in Java and YAML alike. A route that names no configuration gets the first; one that
 * names a configuration gets that one only.
 *
 * <ul>
 *   <li>the default: transient errors are tried again, with back-off and jitter; permanent ones, and those that did not
 *       pass, become dead letters
 *   <li>{@value #RETRY_AT_SOURCE}: for sources that deliver again by themselves; the route fails and the source decides
 *   <li>{@value #CALLER}: for routes called through {@code direct:}; the caller's policy decides, and its retry repeats
 *       the whole called route
 * </ul>
 */
@Component
public class ErrorPolicyRoutes extends RouteConfigurationBuilder {

    /** For routes whose source delivers again by itself: redis-stream, jms, kafka. */
    public static final String RETRY_AT_SOURCE = "retry-at-source";

    /** For routes called through {@code direct:} whose caller is to handle the error. */
    public static final String CALLER = "caller";

    /**
     * Exchange property with which a failed exchange tells the redis-stream consumer not to deliver again but to move
     * the entry to the dead stream, with this text as the reason.
     */
    public static final String REJECT_REASON = "CamelRedisStreamReject";

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPolicyRoutes.class);

    private final ErrorClassifier classifier;
    private final ErrorsProperties.Retry retry;
    private final DeadLetterRecorder deadLetters;

    ErrorPolicyRoutes(ErrorClassifier classifier, ErrorsProperties properties, DeadLetterRecorder deadLetters) {
        this.classifier = classifier;
        this.retry = properties.retry();
        this.deadLetters = deadLetters;
    }

    @Override
    public void configuration() {
        Predicate permanent = exchange -> classifier.isPermanent(errorOf(exchange));

        RouteConfigurationDefinition byDefault = routeConfiguration();
        // Of several clauses for the same class Camel takes the first whose condition holds.
        OnExceptionDefinition giveUp = byDefault.onException(Exception.class).onWhen(permanent);
        intoDeadLetters(giveUp.maximumRedeliveries(0));
        OnExceptionDefinition tryAgain = byDefault.onException(Exception.class);
        intoDeadLetters(backOff(tryAgain));

        RouteConfigurationDefinition atSource = routeConfiguration(RETRY_AT_SOURCE);
        // This also applies to a route's own clauses
        atSource.errorHandler(defaultErrorHandler()
                .logStackTrace(false)
                .logExhaustedMessageHistory(false)
                .logExhaustedMessageBody(false));
        // That consumer logs the failure together with what becomes of the entry: one line for each attempt is enough
        Predicate logged = exchange -> exchange.getFromEndpoint() instanceof RedisStreamEndpoint;
        reject(atSource.onException(Exception.class)
                .onWhen(and(permanent, logged))
                .logExhausted(false));
        reject(atSource.onException(Exception.class).onWhen(permanent));
        atSource.onException(Exception.class).onWhen(logged).handled(false).logExhausted(false);
        atSource.onException(Exception.class).handled(false);

        routeConfiguration(CALLER).errorHandler(noErrorHandler());
    }

    /** Tells the source that no further attempt will help. */
    private static OnExceptionDefinition reject(OnExceptionDefinition policy) {
        policy.handled(false)
                .process(exchange -> exchange.setProperty(REJECT_REASON, reasonOf(errorOf(exchange))))
                .id("platform-reject-at-source");
        return policy;
    }

    private OnExceptionDefinition backOff(OnExceptionDefinition policy) {
        policy.maximumRedeliveries(retry.attempts())
                .redeliveryDelay(retry.delay().toMillis())
                .useExponentialBackOff()
                .backOffMultiplier(retry.multiplier())
                .maximumRedeliveryDelay(retry.maxDelay().toMillis())
                .collisionAvoidanceFactor(retry.jitter())
                .logRetryAttempted(false)
                .onRedelivery(ErrorPolicyRoutes::logRetry);
        if (retry.asynchronous()) {
            policy.asyncDelayedRedelivery();
        }
        return policy;
    }

    /** Keeps the route's original message, as its source delivered it: that is what a requeue must send. */
    private void intoDeadLetters(OnExceptionDefinition policy) {
        policy.handled(true)
                .useOriginalMessage()
                .logExhausted(false)
                .onExceptionOccurred(ErrorPolicyRoutes::rememberNode)
                .process(deadLetters)
                .id("platform-record-dead-letter");
    }

    private static void rememberNode(Exchange exchange) {
        exchange.setProperty(
                DeadLetterRecorder.FAILED_NODE, exchange.getExchangeExtension().getHistoryNodeId());
    }

    private static void logRetry(Exchange exchange) {
        LOG.warn(
                "Retry {} of {} in {} at {}, correlation id {}: {}",
                exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER),
                exchange.getMessage().getHeader(Exchange.REDELIVERY_MAX_COUNTER),
                exchange.getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID),
                exchange.getProperty(DeadLetterRecorder.FAILED_NODE),
                Correlation.idOf(exchange),
                reasonOf(errorOf(exchange)));
    }

    private static Throwable errorOf(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
    }

    /** A problem of the input is described for its sender, who does not know our classes. */
    private static String reasonOf(Throwable error) {
        Throwable cause = ErrorClassifier.rootCause(error);
        boolean forTheSender =
                cause instanceof InvalidInputException || cause.getClass() == IllegalArgumentException.class;
        if (forTheSender && cause.getMessage() != null) {
            return cause.getMessage();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }
}
