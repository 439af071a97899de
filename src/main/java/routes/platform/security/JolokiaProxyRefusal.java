package routes.platform.security;

import org.jolokia.server.core.request.JolokiaRequest;
import org.jolokia.server.core.service.request.AbstractRequestHandler;

/**
 * Refuses requests that are meant for another JVM (those with a "target"). The handler that would connect to it is
 * not in the jar; without this class such requests would be answered as if they were meant for this JVM. Jolokia
 * creates it, as META-INF/jolokia/services says.
 */
public class JolokiaProxyRefusal extends AbstractRequestHandler {

    /** @param order among the handlers that Jolokia asks whether they can handle a request */
    public JolokiaProxyRefusal(int order) {
        super("proxy", order);
    }

    @Override
    public boolean canHandle(JolokiaRequest request) {
        return request.getOption("target") != null;
    }

    @Override
    public <R extends JolokiaRequest> Object handleRequest(R request, Object previousResult) {
        throw new SecurityException("Requests for another JVM (\"target\") are not passed on.");
    }
}
