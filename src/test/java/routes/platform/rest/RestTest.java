package routes.platform.rest;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.TestPropertySource;

/** Runs a test against {@link RestTestApplication}; all such tests share one context. */
@Retention(RetentionPolicy.RUNTIME)
@TestPropertySource("classpath:no-local-services.properties")
@SpringBootTest(
        classes = RestTestApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            // Routes that a test adds start at once
            "camel.routecontroller.enabled=false",
            "management.endpoint.health.show-details=always",
            "camel.main.routes-include-pattern=classpath:camel/imaging-rest.camel.yaml,classpath:camel/platform-rest.camel.yaml",
            "caravan.http.max-request-body=2KB",
            "management.health.jms.enabled=false",
            "management.health.rabbit.enabled=false",
            "management.prometheus.metrics.export.enabled=true",
            "management.endpoint.health.validate-group-membership=false",
        })
public @interface RestTest {}
