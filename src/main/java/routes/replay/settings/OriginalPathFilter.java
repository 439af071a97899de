package routes.replay.settings;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves the API at the original's path, too. A request to {@code /api/v1} is one to {@code /replay/api/v1} for all that
 * follows: the roles, the check against the contract, the events of jobs.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class OriginalPathFilter extends OncePerRequestFilter {

    private static final String ORIGINAL = "/api/v1/";
    private static final String PREFIX = "/replay";

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith(ORIGINAL);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new MovedRequest(request), response);
    }

    private static final class MovedRequest extends HttpServletRequestWrapper {

        MovedRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getRequestURI() {
            return PREFIX + super.getRequestURI();
        }

        @Override
        public String getServletPath() {
            return super.getServletPath().isEmpty() ? "" : PREFIX + super.getServletPath();
        }

        @Override
        public StringBuffer getRequestURL() {
            StringBuffer url = super.getRequestURL();
            return url.insert(url.length() - super.getRequestURI().length(), PREFIX);
        }
    }
}
