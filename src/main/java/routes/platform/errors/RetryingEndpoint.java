package routes.platform.errors;

/**
 * Marks an endpoint whose consumer retries failed messages by itself. Nobody needs the original message then, which
 * Camel would otherwise copy for dead letters at the beginning of each exchange.
 */
public interface RetryingEndpoint {}
