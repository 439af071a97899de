package routes.platform.security;

import java.util.List;

import io.hawt.springboot.HawtioEndpointAutoConfiguration;
import org.jolokia.support.spring.actuator.JolokiaEndpointAutoConfiguration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.health.HealthContributorAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.health.HealthEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.info.InfoEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.actuate.autoconfigure.web.servlet.ServletManagementContextAutoConfiguration;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

/** Who is let through, asked of the real filter chain; behind it anything is answered with 200. */
class HttpSecurityTest {

    /** bcrypt of "secret", cheap on purpose. */
    private static final String HASH = "{bcrypt}$2a$04$5PFuA.kd5bU4j1e8o5UxU.VSDWG8vHvmls9ZO7mXZA6i/8MtTN6NG";

    @Nested
    @TestPropertySource("classpath:no-local-services.properties")
    @SpringBootTest(
            classes = Application.class,
            properties = {
                "server.port=0",
                "caravan.security.users[0].name=vera",
                "caravan.security.users[0].password=" + HASH,
                "caravan.security.users[0].roles=viewer",
                "caravan.security.users[1].name=otto",
                "caravan.security.users[1].password=" + HASH,
                "caravan.security.users[1].roles=operator"
            })
    @AutoConfigureMockMvc
    class WithUsers {

        @Autowired
        private MockMvc http;

        @Test
        @DisplayName("CP14 health and readiness need no login")
        void healthIsPublic() throws Exception {
            assertThat(status(get("/health"))).isEqualTo(200);
            assertThat(status(get("/health/ready"))).isEqualTo(200);
            assertThat(status(get("/actuator/health"))).isEqualTo(200);
            assertThat(status(get("/actuator/health/readiness"))).isEqualTo(200);
            assertThat(status(get("/actuator/prometheus"))).isEqualTo(401);
        }

        @Test
        void everythingElseNeedsALogin() throws Exception {
            assertThat(status(get("/api/1/exports"))).isEqualTo(401);
            assertThat(status(get("/api/1/exports").with(httpBasic("vera", "wrong"))))
                    .isEqualTo(401);
        }

        @Test
        void viewerReads() throws Exception {
            assertThat(status(get("/api/1/exports").with(httpBasic("vera", "secret"))))
                    .isEqualTo(200);
            assertThat(status(post("/api/1/exports").with(httpBasic("vera", "secret"))))
                    .isEqualTo(403);
        }

        @Test
        void viewerAsksWithABodyWhereThatOnlyReads() throws Exception {
            assertThat(status(post("/api/1/search").with(httpBasic("vera", "secret"))))
                    .isEqualTo(200);
            assertThat(status(post("/api/1/search/more").with(httpBasic("vera", "secret"))))
                    .isEqualTo(403);
            assertThat(status(put("/api/1/search").with(httpBasic("vera", "secret"))))
                    .isEqualTo(403);
            assertThat(status(post("/api/1/search"))).isEqualTo(401);
        }

        @Test
        void operatorChangesAndReads() throws Exception {
            assertThat(status(get("/api/1/exports").with(httpBasic("otto", "secret"))))
                    .isEqualTo(200);
            assertThat(status(post("/api/1/exports").with(httpBasic("otto", "secret"))))
                    .isEqualTo(200);
        }

        @Test
        void hawtioAndJolokiaAreForOperators() throws Exception {
            for (String path : new String[] {"/actuator/hawtio/", "/actuator/jolokia/", "/actuator/hawtio/jolokia/"}) {
                assertThat(status(get(path).with(httpBasic("vera", "secret")))).isEqualTo(403);
                assertThat(status(get(path).with(httpBasic("otto", "secret")))).isEqualTo(200);
            }
        }

        @Test
        void savedPasswordsAreOfNoUseToOtherPages() throws Exception {
            assertThat(status(post("/api/1/exports")
                            .with(httpBasic("otto", "secret"))
                            .header("Origin", "https://evil.example")))
                    .isEqualTo(403);
        }

        private int status(MockHttpServletRequestBuilder request) throws Exception {
            return http.perform(request).andReturn().getResponse().getStatus();
        }
    }

    /** The real endpoints, on a port of their own and moved to another path. */
    @Nested
    @TestPropertySource("classpath:no-local-services.properties")
    @SpringBootTest(
            classes = Management.class,
            webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
            properties = {
                "management.server.port=0",
                "management.server.address=127.0.0.1",
                "management.endpoints.web.base-path=/observe",
                "management.endpoints.web.path-mapping.hawtio=console",
                "caravan.security.public-endpoints=health,hawtio",
                "caravan.security.users[0].name=vera",
                "caravan.security.users[0].password=" + HASH,
                "caravan.security.users[0].roles=viewer",
                "caravan.security.users[1].name=otto",
                "caravan.security.users[1].password=" + HASH,
                "caravan.security.users[1].roles=operator"
            })
    class WithManagementElsewhere {

        @LocalManagementPort
        private int port;

        @LocalServerPort
        private int application;

        private final TestRestTemplate http = new TestRestTemplate();

        @Test
        @DisplayName("CP14 the public endpoints need no login wherever they are, and tell details to users only")
        void publicEndpoints() {
            assertThat(status("", "/observe/health")).isEqualTo(200);
            assertThat(status("", "/observe/info")).isEqualTo(401);
            assertThat(status("vera", "/observe/info")).isEqualTo(200);
            assertThat(body("", "/observe/health")).contains("sample").doesNotContain("because");
            assertThat(body("vera", "/observe/health")).contains("because");
            assertThat(http.getForEntity("http://127.0.0.1:" + application + "/health/ready", String.class)
                            .getStatusCode()
                            .value())
                    .isEqualTo(200);
        }

        @Test
        @DisplayName("CP14 Hawtio and Jolokia are for operators wherever they are, even when listed as public")
        void hawtio() {
            for (String path : List.of("/observe/console/", "/observe/console/index.html", "/observe/jolokia")) {
                assertThat(status("", path)).as(path).isEqualTo(401);
                assertThat(status("vera", path)).as(path).isEqualTo(403);
                assertThat(status("otto", path)).as(path).isEqualTo(200);
            }
        }

        private int status(String user, String path) {
            return answer(user, path).getStatusCode().value();
        }

        private String body(String user, String path) {
            return answer(user, path).getBody();
        }

        private ResponseEntity<String> answer(String user, String path) {
            TestRestTemplate client = user.isEmpty() ? http : http.withBasicAuth(user, "secret");
            return client.getForEntity("http://127.0.0.1:" + port + path, String.class);
        }
    }

    @Nested
    @TestPropertySource("classpath:no-local-services.properties")
    @SpringBootTest(classes = Application.class, properties = "server.port=0")
    @AutoConfigureMockMvc
    class OnLoopback {

        @Autowired
        private MockMvc http;

        @Test
        void openToProgramsAndOwnPages() throws Exception {
            http.perform(post("/api/1/exports"))
                    .andExpect(result ->
                            assertThat(result.getResponse().getStatus()).isEqualTo(200));
        }

        @Test
        void closedToForeignNamesAndPages() throws Exception {
            var answer = http.perform(get("/api/1/exports").header("Host", "evil.example"))
                    .andReturn()
                    .getResponse();
            assertThat(answer.getStatus()).isEqualTo(403);
            assertThat(answer.getContentType()).startsWith("application/problem+json");
            assertThat(answer.getContentAsString()).contains("caravan.security.allowed-hosts");
        }
    }

    /** Without @Configuration, so that no component scan of another test finds it. */
    @EnableConfigurationProperties({SecurityProperties.class, ManagementServerProperties.class})
    @Import(SecurityConfiguration.class)
    @ImportAutoConfiguration({
        SecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        EndpointAutoConfiguration.class,
        WebEndpointAutoConfiguration.class,
        HealthContributorAutoConfiguration.class,
        HealthEndpointAutoConfiguration.class,
        InfoEndpointAutoConfiguration.class,
        JolokiaEndpointAutoConfiguration.class,
        HawtioEndpointAutoConfiguration.class
    })
    static class Application {

        @Bean
        HealthIndicator sample() {
            return () -> Health.up().withDetail("why", "because").build();
        }

        @Bean
        ReadOnlyOperation search() {
            return new ReadOnlyOperation(HttpMethod.POST, "/api/1/search");
        }

        @Bean
        RouterFunction<ServerResponse> anything() {
            return RouterFunctions.route(
                    RequestPredicates.all(), request -> ServerResponse.ok().body("ok"));
        }
    }

    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        ManagementContextAutoConfiguration.class,
        ServletManagementContextAutoConfiguration.class
    })
    static class Management extends Application {}
}
