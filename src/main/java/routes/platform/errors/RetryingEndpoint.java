package routes.platform.errors;

/**
 * Of an endpoint whose consumer brings what failed again by itself: nobody needs the message as it came, which Camel
 * would copy for dead letters at the beginning of each exchange.
 */
public interface RetryingEndpoint {}
