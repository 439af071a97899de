package routes.platform.rest;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;

/**
 * Answers HTTP requests as Camel's own consumer does, except that an error always has a problem as its body: also
 * where Camel gives none, as for a path below an operation, and where a route forgot its error policy.
 */
class ProblemHttpConsumer extends SpringBootPlatformHttpConsumer {

    private static final int FIRST_ERROR = HttpServletResponse.SC_BAD_REQUEST;

    private final Problems problems;
    private final ProblemReply problemReply;

    ProblemHttpConsumer(
            PlatformHttpEndpoint endpoint, Processor processor, Problems problems, ProblemReply problemReply) {
        // On the server's own thread: its pool bounds the work, and the login of the request stays with it.
        super(endpoint, processor, Runnable::run);
        this.problems = problems;
        this.problemReply = problemReply;
    }

    @Override
    protected void handleService(HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (isSuspended() || !isRunAllowed()) {
            problemReply.write(Problem.of(503, "The route of this operation is suspended"), response);
        } else {
            super.handleService(request, response);
        }
    }

    @Override
    protected void afterProcess(HttpServletResponse response, Exchange exchange) throws Exception {
        problemOf(exchange).ifPresent(problem -> {
            Object allow = exchange.getMessage().getHeader("Allow");
            exchange.setException(null);
            problemReply.write(problem, exchange.getMessage());
            if (allow != null && problem.status() == HttpServletResponse.SC_METHOD_NOT_ALLOWED) {
                exchange.getMessage().setHeader("Allow", allow);
            }
        });
        super.afterProcess(response, exchange);
    }

    private Optional<Problem> problemOf(Exchange exchange) {
        if (exchange.getException() != null) {
            return Optional.of(problems.of(exchange.getException(), "Route " + exchange.getFromRouteId()));
        }
        Message message = exchange.getMessage();
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, HttpServletResponse.SC_OK, Integer.class);
        return status >= FIRST_ERROR && message.getBody() == null
                ? Optional.of(Problem.of(status, Problem.titleOf(status)))
                : Optional.empty();
    }
}
