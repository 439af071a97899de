package routes.platform.rest.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.StringUtils;

/**
 * Answers failures outside Camel: requests that Tomcat cannot read or Spring Security refuses, unknown paths, wrong
 * methods, filters. It replaces Tomcat's HTML, and Spring Boot's error page, which is one more request that can fail.
 */
public class ProblemErrorValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemErrorValve.class);

    private static final int URI_TOO_LONG = 414;
    private static final int HEADERS_TOO_LARGE = 431;

    /** Tomcat marks these in no other way. */
    private static final String TOO_LARGE =
            StringManager.getManager(Http11Processor.class).getString("iib.requestheadertoolarge.error");

    private final Problems problems;
    private final ProblemReply problemReply;

    public ProblemErrorValve(Problems problems, ProblemReply problemReply) {
        this.problems = problems;
        this.problemReply = problemReply;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        super.invoke(request, response);
        if (response.isCommitted()
                && request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Exception failure
                && !(failure instanceof IOException)
                && !(rootOf(failure) instanceof BrokenAnswerException)) {
            LOG.error("{} {} broke off its answer", request.getMethod(), request.getRequestURI(), failure);
        }
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < HttpServletResponse.SC_BAD_REQUEST
                || response.getContentWritten() > 0
                || !response.setErrorReported()) {
            return;
        }
        try {
            response.resetBuffer(true);
            problemReply.write(problemOf(request, response, failure), response);
        } catch (IOException e) {
            LOG.debug("The client left before it got the answer to its wrong request", e);
        }
    }

    private Problem problemOf(Request request, Response response, @Nullable Throwable failure) {
        int status = statusOf(request, response, failure);
        return failure != null && status == HttpServletResponse.SC_INTERNAL_SERVER_ERROR
                ? problems.of(failure, request.getMethod() + " " + request.getRequestURI())
                : Problem.of(status, Problem.titleOf(status));
    }

    /** A wrong request is not the server's fault, although Tomcat or Spring may report it so. */
    private static int statusOf(Request request, Response response, @Nullable Throwable failure) {
        if (isTooLarge(failure)) {
            return request.getRequestURI() == null ? URI_TOO_LONG : HEADERS_TOO_LARGE;
        }
        return switch (response.getStatus()) {
            case HttpServletResponse.SC_INTERNAL_SERVER_ERROR ->
                isDecodable(request.getRequestURI())
                        ? HttpServletResponse.SC_INTERNAL_SERVER_ERROR
                        : HttpServletResponse.SC_BAD_REQUEST;
            case HttpServletResponse.SC_NOT_IMPLEMENTED ->
                "CONNECT".equals(request.getMethod())
                        ? HttpServletResponse.SC_METHOD_NOT_ALLOWED
                        : HttpServletResponse.SC_BAD_REQUEST;
            case HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED -> HttpServletResponse.SC_BAD_REQUEST;
            default -> response.getStatus();
        };
    }

    /** Tomcat ignores path parameters when it decodes a path, but Spring fails on them. */
    private static boolean isDecodable(String path) {
        try {
            StringUtils.uriDecode(path, StandardCharsets.UTF_8);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isTooLarge(@Nullable Throwable failure) {
        return failure != null && TOO_LARGE.equals(failure.getMessage());
    }

    private static Throwable rootOf(Throwable failure) {
        return failure.getCause() == null ? failure : rootOf(failure.getCause());
    }
}
