package routes.platform.errors;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.platform.sql.StorableText;

/**
 * Sends queued dead letters through their routes again, from the first step, whatever the route's consumer is. The
 * queue is the table: what a crash interrupts is sent again once its claim has run out, hence at least once.
 */
@Component
public class DeadLetterRequeuer {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterRequeuer.class);

    private final CamelContext camel;
    private final DeadLetterRepository letters;
    private final BodyCodec bodies;
    private final HeaderCodec headers;
    private final Clock clock;
    private final Duration claimLength;

    DeadLetterRequeuer(
            CamelContext camel,
            DeadLetterRepository letters,
            BodyCodec bodies,
            HeaderCodec headers,
            Clock clock,
            ErrorsProperties properties) {
        this.camel = camel;
        this.letters = letters;
        this.bodies = bodies;
        this.headers = headers;
        this.clock = clock;
        this.claimLength = properties.requeueClaim();
    }

    /** Sends every queued letter whose route runs in this process, oldest first. */
    public void sendQueued() {
        // Letters queued meanwhile belong to the next round, so that a letter that fails again cannot hold us here.
        long round = letters.count(DeadLetterFilter.of(DeadLetterStatus.QUEUED));
        for (long sent = 0; sent < round && camel.getStatus().isStarted(); sent++) {
            var claim = letters.claimNext(runningRoutes(), clock.instant(), claimLength);
            if (claim.isEmpty()) {
                return;
            }
            send(claim.get());
        }
    }

    private List<String> runningRoutes() {
        return camel.getRoutes().stream()
                .map(Route::getRouteId)
                .filter(id -> camel.getRouteController().getRouteStatus(id).isStarted())
                .toList();
    }

    private void send(DeadLetterRepository.Claim claim) {
        DeadLetter letter = letters.find(claim.id()).orElseThrow().letter();
        Exception failure = null;
        try {
            Exchange exchange = exchange(claim.id(), letter);
            camel.getRoute(letter.routeId()).getProcessor().process(exchange);
            failure = exchange.getException();
        } catch (Exception e) {
            failure = e;
        }
        finish(claim, letter, failure);
    }

    private void finish(DeadLetterRepository.Claim claim, DeadLetter letter, @Nullable Exception failure) {
        if (failure == null) {
            letters.finish(claim, DeadLetterStatus.REQUEUED, null, clock.instant());
            LOG.info("Dead letter {} went through {} again", claim.id(), letter.routeId());
        } else {
            String reason = StorableText.of(
                    failure.getClass().getSimpleName() + ": " + failure.getMessage(),
                    DeadLetterRecorder.LONGEST_REASON);
            letters.finish(claim, DeadLetterStatus.DEAD, reason, clock.instant());
            LOG.error("Dead letter {} failed again in {} and stays dead: {}", claim.id(), letter.routeId(), reason);
        }
    }

    private Exchange exchange(long id, DeadLetter letter) throws IOException {
        Endpoint from = camel.getRoute(letter.routeId()).getEndpoint();
        Exchange exchange = from.createExchange();
        exchange.getExchangeExtension().setFromEndpoint(from);
        exchange.getExchangeExtension().setFromRouteId(letter.routeId());
        exchange.getMessage().setHeaders(headers.decode(letter.headers()));
        exchange.getMessage().setBody(bodies.decode(letter.body()));
        exchange.setProperty(DeadLetterRecorder.REQUEUE_OF, id);
        return exchange;
    }
}
