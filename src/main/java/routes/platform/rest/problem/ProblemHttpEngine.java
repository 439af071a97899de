package routes.platform.rest.problem;

import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.stereotype.Component;

/** Makes every {@code platform-http} route answer errors as problems. Replaces Camel's own engine. */
@Component("platform-http-engine")
class ProblemHttpEngine implements PlatformHttpEngine {

    private static final int DEFAULT_PORT = 8080;

    private final ServerProperties server;
    private final Problems problems;
    private final ProblemReply problemReply;

    ProblemHttpEngine(ServerProperties server, Problems problems, ProblemReply problemReply) {
        this.server = server;
        this.problems = problems;
        this.problemReply = problemReply;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        // Routes learn in onCompletion that their answer broke off, and so does the consumer
        endpoint.setHandleWriteResponseError(true);
        // Bodies as bytes: what a reader cannot decode is the client's fault, and told to it by the check of its
        // contract
        endpoint.setUseStreaming(true);
        return new ProblemHttpConsumer(endpoint, processor, problems, problemReply);
    }

    @Override
    public int getServerPort() {
        return server.getPort() == null ? DEFAULT_PORT : server.getPort();
    }
}
