package routes.platform.errors;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A message a route gave up on.
 *
 * @param routeId where it entered; requeue sends it there
 * @param endpointUri the consumer it came from, secrets masked
 * @param failedRouteId where it failed
 * @param failedNodeId the step that failed
 * @param failedEndpoint the endpoint it was last sent to, secrets masked
 * @param exception class name of the root cause
 * @param reason what went wrong
 * @param permanent whether trying again was pointless, so that it was not tried
 * @param headers JSON as {@link HeaderCodec} writes it
 * @param obstacle why it cannot be requeued; null when it can
 * @param requeueOf id of the letter whose requeue failed as this one
 * @param node the process that gave up
 */
record DeadLetter(
        String routeId,
        @Nullable String endpointUri,
        String failedRouteId,
        @Nullable String failedNodeId,
        @Nullable String failedEndpoint,
        String exception,
        String reason,
        String stackTrace,
        boolean permanent,
        String exchangeId,
        String correlationId,
        StoredBody body,
        String headers,
        @Nullable String obstacle,
        @Nullable Long requeueOf,
        String node,
        Instant failedAt) {}
