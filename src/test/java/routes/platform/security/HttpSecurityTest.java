package routes.platform.security;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
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
        void healthIsPublic() throws Exception {
            assertThat(status(get("/health"))).isEqualTo(200);
            assertThat(status(get("/actuator/health"))).isEqualTo(200);
            assertThat(status(get("/actuator/health/readiness"))).isEqualTo(200);
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

    @Nested
    @TestPropertySource("classpath:no-local-services.properties")
    @SpringBootTest(classes = Application.class)
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
    @EnableConfigurationProperties(SecurityProperties.class)
    @Import(SecurityConfiguration.class)
    @ImportAutoConfiguration({
        SecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class
    })
    static class Application {

        @Bean
        ReadingRequest search() {
            return new ReadingRequest(HttpMethod.POST, "/api/1/search");
        }

        @Bean
        RouterFunction<ServerResponse> anything() {
            return RouterFunctions.route(
                    RequestPredicates.all(), request -> ServerResponse.ok().body("ok"));
        }
    }
}
