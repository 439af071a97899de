package routes.platform.rest;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import routes.platform.rest.problem.ProblemJson;
import routes.platform.rest.problem.ProblemReply;
import routes.platform.rest.problem.Problems;
import routes.platform.rest.problem.RestProperties;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

class HealthReserveFilterTest {

    private final HealthReserveFilter filter = new HealthReserveFilter(
            new ProblemReply(
                    new Problems(),
                    new ProblemJson(new ObjectMapper()),
                    new RestProperties(DataSize.ofKilobytes(1), ofSeconds(1), ofSeconds(1))),
            "/actuator/health",
            10);
    private final List<Integer> statuses = new ArrayList<>();

    @Test
    @DisplayName("CP11 when all other requests hang, those for health still have threads; the threads are given back")
    void reserve() throws Exception {
        hang(9, () -> {
            statuses.add(status("/api/1/exports"));
            statuses.add(status("/health"));
            statuses.add(status("/health/ready"));
            statuses.add(status("/actuator/health/liveness"));
        });
        statuses.add(status("/api/1/exports"));

        assertThat(statuses).containsExactly(503, 200, 200, 200, 200);
    }

    /** Runs something within so many requests that have not ended. */
    private void hang(int requests, Check within) throws Exception {
        if (requests == 0) {
            within.run();
        } else {
            send("/api/1/exports", (request, response) -> {
                try {
                    hang(requests - 1, within);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
    }

    private int status(String path) throws Exception {
        return send(path, (request, response) -> {});
    }

    private int send(String path, FilterChain chain) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(new MockHttpServletRequest("GET", path), response, chain);
        return response.getStatus();
    }

    private interface Check {

        void run() throws Exception;
    }
}
