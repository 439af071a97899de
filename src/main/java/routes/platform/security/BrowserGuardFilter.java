package routes.platform.security;

import java.io.IOException;
import java.util.Optional;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers 403 to what {@link BrowserGuard} objects to. */
class BrowserGuardFilter extends OncePerRequestFilter {

    private final BrowserGuard guard;

    BrowserGuardFilter(BrowserGuard guard) {
        this.guard = guard;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> objection = guard.objection(new BrowserGuard.Request(
                request.getMethod(),
                request.getScheme() + "://" + request.getServerName() + ":" + request.getServerPort(),
                request.getHeader(HttpHeaders.HOST),
                request.getHeader(HttpHeaders.ORIGIN),
                request.getHeader("Sec-Fetch-Site"),
                request.getHeader("Sec-Fetch-Mode")));
        if (objection.isPresent()) {
            Problem.write(response, HttpStatus.FORBIDDEN, objection.get());
        } else {
            chain.doFilter(request, response);
        }
    }
}
