package routes.platform.errors;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.platform.sql.StorableText;

/**
 * Writes a failed exchange into the dead letters. When it returns, the row is committed; when it throws, the exchange
 * fails and its source keeps the message.
 */
@Component
final class DeadLetterRecorder implements Processor {

    /** Exchange property: the id of the dead letter that this exchange requeues. */
    static final String REQUEUE_OF = "CaravanRequeueOf";

    /** Exchange property: the step that failed first in the last try. */
    static final String FAILED_NODE = "CaravanFailedNode";

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterRecorder.class);
    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_URI = 2000;
    static final int LONGEST_REASON = 4000;
    private static final int LONGEST_STACK_TRACE = 16_000;

    private final DeadLetterRepository letters;
    private final ErrorClassifier classifier;
    private final BodyCodec bodies;
    private final HeaderCodec headers;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final String node;

    DeadLetterRecorder(
            DeadLetterRepository letters,
            ErrorClassifier classifier,
            BodyCodec bodies,
            HeaderCodec headers,
            MeterRegistry metrics,
            Clock clock,
            ErrorsProperties properties) {
        this.letters = letters;
        this.classifier = classifier;
        this.bodies = bodies;
        this.headers = headers;
        this.metrics = metrics;
        this.clock = clock;
        this.node = properties.node();
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        DeadLetter letter = letter(exchange);
        long id = letters.insert(letter);
        metrics.counter("caravan.dead.letters", "route", letter.routeId(), "exception", letter.exception())
                .increment();
        LOG.error(
                "Dead letter {}: {} gave up on a message at {} ({}), correlation id {}: {}. {}",
                id,
                letter.failedRouteId(),
                letter.failedNodeId(),
                letter.permanent() ? "trying again would not help" : "all retries failed",
                letter.correlationId(),
                letter.reason(),
                advice(id, letter.obstacle()));
    }

    private static String advice(long id, @Nullable String obstacle) {
        String look = "See GET /api/1/dead-letters/" + id + ", remove the cause, then ";
        return obstacle == null
                ? look + "POST /api/1/dead-letters/" + id + "/requeue"
                : look + "send it again by hand (" + obstacle + ") and POST /api/1/dead-letters/" + id + "/discard";
    }

    private DeadLetter letter(Exchange exchange) throws IOException {
        Throwable error = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        Throwable cause = ErrorClassifier.rootCause(error);
        String failedRoute = exchange.getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, String.class);
        String route = exchange.getFromRouteId() == null ? failedRoute : exchange.getFromRouteId();
        StoredBody body = bodies.encode(readable(exchange.getMessage()));
        Endpoint from = exchange.getFromEndpoint();
        return new DeadLetter(
                StorableText.of(route, LONGEST_NAME),
                from == null ? null : masked(from.getEndpointUri()),
                StorableText.of(failedRoute, LONGEST_NAME),
                exchange.getProperty(FAILED_NODE, String.class),
                masked(exchange.getProperty(ExchangePropertyKey.FAILURE_ENDPOINT, String.class)),
                StorableText.of(cause.getClass().getName(), LONGEST_NAME),
                StorableText.of(reason(error, cause), LONGEST_REASON),
                StorableText.of(stackTrace(error), LONGEST_STACK_TRACE),
                classifier.isPermanent(error),
                exchange.getExchangeId(),
                StorableText.of(Correlation.idOf(exchange), LONGEST_NAME),
                body,
                headers.encode(exchange.getMessage().getHeaders()),
                obstacle(exchange, body),
                exchange.getProperty(REQUEUE_OF, Long.class),
                node,
                clock.instant());
    }

    private static @Nullable String obstacle(Exchange exchange, StoredBody body) {
        if (exchange.getProperty(ExchangePropertyKey.SPLIT_INDEX) != null
                || exchange.getProperty(ExchangePropertyKey.MULTICAST_INDEX) != null) {
            return "it is one part of a message that was split on the way; the route takes whole messages only";
        }
        String obstacle = body.obstacle();
        return obstacle == null ? null : StorableText.of(obstacle, 1000);
    }

    /** The body as something {@link BodyCodec} can read from its beginning. */
    private static @Nullable Object readable(Message message) throws IOException {
        Object body = message.getBody();
        if (body instanceof StreamCache cache) {
            cache.reset();
            return message.getExchange()
                    .getContext()
                    .getTypeConverter()
                    .tryConvertTo(InputStream.class, message.getExchange(), cache);
        } else if (body instanceof InputStream) {
            // The part that was read is gone, and a dead letter with the rest would be mistaken for the whole.
            throw new IOException("The body is a stream that cannot be read again. Switch stream caching on for the"
                    + " route, or give it the error policy retry-at-source");
        } else if (body instanceof WrappedFile<?> wrapped && wrapped.getFile() instanceof java.io.File file) {
            return file.toPath();
        } else if (body instanceof java.io.File file) {
            return file.toPath();
        }
        return body;
    }

    private static String reason(Throwable error, Throwable cause) {
        String outer = error.getMessage();
        String inner = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        if (error == cause || outer == null || outer.contains(String.valueOf(cause.getMessage()))) {
            return outer == null || error == cause ? inner : outer;
        }
        return outer + " (" + inner + ")";
    }

    private static String stackTrace(Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static @Nullable String masked(@Nullable String uri) {
        return uri == null ? null : StorableText.of(URISupport.sanitizeUri(uri), LONGEST_URI);
    }
}
