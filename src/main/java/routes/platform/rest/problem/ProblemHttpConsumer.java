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
 * Answers HTTP requests as Camel's own consumer does, with two exceptions. The body of an error is always a problem,
 * also where Camel sends no body, as for a path below an operation, and where a route has no error policy. And an
 * answer that fails after it has begun breaks the connection, so that no client takes it for complete: routes may
 * answer with a stream that is generated while it is sent.
 */
class ProblemHttpConsumer extends SpringBootPlatformHttpConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemHttpConsumer.class);
    private static final int FIRST_ERROR = HttpServletResponse.SC_BAD_REQUEST;

    private final Problems problems;
    private final ProblemReply problemReply;

    ProblemHttpConsumer(
            PlatformHttpEndpoint endpoint, Processor processor, Problems problems, ProblemReply problemReply) {
        // On the server's own thread: its pool bounds the work, and the request's login stays with the thread.
        super(endpoint, exchange -> process(processor, exchange), Runnable::run);
        this.problems = problems;
        this.problemReply = problemReply;
        // Reported by afterProcess, which knows whose failure it is
        setExceptionHandler(new LoggingExceptionHandler(endpoint.getCamelContext(), getClass(), LoggingLevel.DEBUG));
    }

    /** Camel's own answer that there is no such operation repeats the body of the request. */
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
     * Rethrows failures, so that the server breaks the connection where the answer has begun; Camel's own consumer
     * hides them.
     *
     * @return null, since the request has been answered and Spring has nothing to wait for
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
        // Earlier failures have become a problem by now: this is the writing of the answer
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
     * Gives every request a body of bytes, so that Camel does not parse it before it is checked. HEAD is handled as
     * GET, whose body the server leaves out.
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
