package routes.platform.rest.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.swagger.v3.oas.models.OpenAPI;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Sends a problem as the answer: of an exchange, or of a request that never became one. */
@Component
public class ProblemReply implements Processor {

    private static final String RETRY_AFTER = "Retry-After";

    private final Problems problems;
    private final ProblemJson json;
    private final RestProperties properties;

    public ProblemReply(Problems problems, ProblemJson json, RestProperties properties) {
        this.problems = problems;
        this.json = json;
        this.properties = properties;
    }

    @Override
    public void process(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String route = exchange.getProperty(Exchange.FAILURE_ROUTE_ID, exchange.getFromRouteId(), String.class);
        write(problems.of(failure, "Route " + route), exchange.getMessage());
    }

    /**
     * Replaces body and headers: nothing that the client sent may travel back with the problem.
     *
     * @return the body
     */
    public String write(Problem found, Message message) {
        OpenAPI contract = message.getExchange().getProperty(Exchange.REST_OPENAPI, OpenAPI.class);
        Problem problem = ProblemDialect.of(contract).speak(found);
        String body = json.write(problem);
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
        message.setHeader(Exchange.CONTENT_TYPE, Problem.MEDIA_TYPE);
        if (isOutage(problem)) {
            message.setHeader(RETRY_AFTER, properties.retryAfter().toSeconds());
        }
        message.setBody(body);
        return body;
    }

    public void write(Problem problem, HttpServletResponse response) throws IOException {
        byte[] body = json.write(problem).getBytes(StandardCharsets.UTF_8);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setContentLength(body.length);
        if (isOutage(problem)) {
            response.setHeader(
                    RETRY_AFTER, String.valueOf(properties.retryAfter().toSeconds()));
        }
        response.getOutputStream().write(body);
    }

    private static boolean isOutage(Problem problem) {
        return problem.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE;
    }
}
