package routes.platform.security;

import org.springframework.http.HttpMethod;

/**
 * A request that changes nothing although its method says it might, so that the role viewer suffices. A workflow
 * declares its own as beans.
 *
 * @param path as it stands behind host and port, without variables
 */
public record ReadOnlyOperation(HttpMethod method, String path) {}
