package routes.platform.rest.problem;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;
import org.apache.camel.support.LoggingExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers HTTP requests as Camel's own consumer does, with two exceptions. An error always has a problem as its body:
 * also where Camel gives none, as for a path below an operation, and where a route forgot its error policy. And an answer
 * that fails after it has begun breaks the connection, so that no client takes it for complete: routes may answer with a
 * stream that is made while it is sent.
 */
class ProblemHttpConsumer extends SpringBootPlatformHttpConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHttpConsumer.class);
    private static final int FIRST_ERROR = HttpServletResponse.SC_BAD_REQUEST;

    private final Problems problems;
    private final ProblemReply problemReply;

    ProblemHttpConsumer(
            PlatformHttpEndpoint endpoint, Processor processor, Problems problems, ProblemReply problemReply) {
        // On the server's own thread: its pool bounds the work, and the login of the request stays with it.
        super(endpoint, exchange -> process(processor, exchange), Runnable::run);
        this.problems = problems;
        this.problemReply = problemReply;
        // Told by afterProcess, which knows whose failure it is
        setExceptionHandler(new LoggingExceptionHandler(endpoint.getCamelContext(), getClass(), LoggingLevel.DEBUG));
    }

    /** What Camel answers itself, that there is no such operation, it answers with the body of the request. */
    private static void process(Processor processor, Exchange exchange) throws Exception {
        Object body = exchange.getMessage().getBody();
        processor.process(exchange);
        if (body == exchange.getMessage().getBody() && statusOf(exchange.getMessage()) >= FIRST_ERROR) {
            exchange.getMessage().setBody(null);
        }
    }

    private static int statusOf(Message message) {
        return message.getHeader(Exchange.HTTP_RESPONSE_CODE, HttpServletResponse.SC_OK, Integer.class);
    }

    /**
     * Lets failures out, so that the server breaks the connection where the answer has begun; Camel's own hides them.
     *
     * @return null, since the request is answered by now and Spring has nothing to wait for
     */
    @Override
    public @Nullable CompletableFuture<Void> service(HttpServletRequest request, HttpServletResponse response) {
        try {
            handleService(new RawRequest(request), response);
            return null;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(request.getMethod() + " " + request.getRequestURI() + " failed", e);
        }
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
        OpenResponse open = new OpenResponse(response);
        super.afterProcess(open, exchange);
        // What failed earlier is a problem by now: this is the writing of the answer
        Exception failure = exchange.getException();
        if (failure != null) {
            end(open, failure, "Route " + exchange.getFromRouteId());
        }
    }

    private void end(OpenResponse response, Exception failure, String where) throws IOException {
        if (response.clientHasGone()) {
            LOG.info("{}: the client left before it had the whole answer", where);
        } else if (response.isCommitted()) {
            LOG.error("{} broke off its answer", where, failure);
            throw new BrokenAnswerException(where + " broke off its answer: " + failure.getMessage());
        } else {
            response.reset();
            problemReply.write(problems.of(failure, where), response);
        }
    }

    private Optional<Problem> problemOf(Exchange exchange) {
        if (exchange.getException() != null) {
            return Optional.of(problems.of(exchange.getException(), "Route " + exchange.getFromRouteId()));
        }
        Message message = exchange.getMessage();
        int status = statusOf(message);
        return status >= FIRST_ERROR && message.getBody() == null
                ? Optional.of(Problem.of(status, Problem.titleOf(status)))
                : Optional.empty();
    }

    /**
     * Has a body of bytes, in whichever form it came, so that Camel does not take it apart before its check. HEAD is GET,
     * whose body the server leaves out.
     */
    private static final class RawRequest extends HttpServletRequestWrapper {

        RawRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return "HEAD".equals(super.getMethod()) ? "GET" : super.getMethod();
        }

        @Override
        public @Nullable String getContentType() {
            return null;
        }

        @Override
        public @Nullable String getCharacterEncoding() {
            return null;
        }
    }
}
