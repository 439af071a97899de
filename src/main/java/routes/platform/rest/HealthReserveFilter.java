package routes.platform.rest;

import java.io.IOException;
import java.util.concurrent.Semaphore;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;
import routes.platform.rest.problem.Problem;
import routes.platform.rest.problem.ProblemReply;

/**
 * Reserves a tenth of the server's threads for the health checks: whatever other requests wait for, a client that
 * reads slowly or a database, a supervisor must not take the process for dead. When the other threads are all in use,
 * further requests are refused.
 */
class HealthReserveFilter extends OncePerRequestFilter {

    private final ProblemReply problemReply;
    private final String healthEndpoint;
    private final Semaphore others;

    /**
     * @param healthEndpoint path of the actuator's health endpoint, besides the contract's /health
     * @param threads that serve requests
     */
    HealthReserveFilter(ProblemReply problemReply, String healthEndpoint, int threads) {
        this.problemReply = problemReply;
        this.healthEndpoint = healthEndpoint;
        this.others = new Semaphore(Math.max(1, threads - threads / 10));
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith("/health") || path.startsWith(healthEndpoint);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!others.tryAcquire()) {
            problemReply.write(Problem.of(503, "Too many requests are being served"), response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            others.release();
        }
    }
}
