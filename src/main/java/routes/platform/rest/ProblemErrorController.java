package routes.platform.rest;

import java.io.IOException;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what failed outside Camel: unknown paths, wrong methods, refused logins, filters. */
@Controller
class ProblemErrorController implements ErrorController {

    private final Problems problems;
    private final ProblemReply problemReply;

    ProblemErrorController(Problems problems, ProblemReply problemReply) {
        this.problems = problems;
        this.problemReply = problemReply;
    }

    @RequestMapping("${server.error.path:${error.path:/error}}")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem = problemOf(request);
        // Into an answer that has begun nothing more belongs: the server breaks the connection
        if (!response.isCommitted()) {
            problemReply.write(problem, response);
        }
    }

    private Problem problemOf(HttpServletRequest request) {
        Integer status = attribute(request, RequestDispatcher.ERROR_STATUS_CODE, Integer.class);
        Throwable failure = attribute(request, RequestDispatcher.ERROR_EXCEPTION, Throwable.class);
        if (status == null) {
            return Problem.of(HttpServletResponse.SC_NOT_FOUND, Problem.titleOf(HttpServletResponse.SC_NOT_FOUND));
        }
        if (failure != null && status >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
            String path = attribute(request, RequestDispatcher.ERROR_REQUEST_URI, String.class);
            return problems.of(failure, request.getMethod() + " " + path);
        }
        if (status == HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE) {
            String limit = attribute(request, RequestDispatcher.ERROR_MESSAGE, String.class);
            return Problem.of(status, limit == null || limit.isEmpty() ? Problem.titleOf(status) : limit);
        }
        return Problem.of(status, Problem.titleOf(status));
    }

    private static <T> @Nullable T attribute(HttpServletRequest request, String name, Class<T> type) {
        return type.cast(request.getAttribute(name));
    }
}
