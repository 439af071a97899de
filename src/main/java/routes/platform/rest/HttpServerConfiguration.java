package routes.platform.rest;

import java.util.Arrays;
import java.util.EnumSet;

import jakarta.servlet.DispatcherType;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import routes.platform.rest.problem.ProblemErrorValve;
import routes.platform.rest.problem.ProblemReply;
import routes.platform.rest.problem.Problems;
import routes.platform.rest.problem.RestProperties;

/** What every request and every answer passes through, whichever route or servlet serves it. */
@Configuration(proxyBeanMethods = false)
class HttpServerConfiguration {

    /** Keeps request headers out of the answers of every route that serves HTTP. */
    @Bean
    ComponentCustomizer httpHeaderFilter(RestHeaderFilter filter) {
        return ComponentCustomizer.builder(PlatformHttpComponent.class)
                .build(component -> component.setHeaderFilterStrategy(filter));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsInsteadOfHtml(
            Problems problems, ProblemReply problemReply) {
        return factory -> factory.addContextCustomizers(context -> {
            StandardHost host = (StandardHost) context.getParent();
            host.getPipeline().addValve(new ProblemErrorValve(problems, problemReply));
            host.setErrorReportValveClass(ProblemErrorValve.class.getName());
            // Boot's listener makes Tomcat list the whole jar for static files, which Spring serves from the class path
            Arrays.stream(context.findLifecycleListeners())
                    .filter(listener -> listener.getClass().getSimpleName().equals("StaticResourceConfigurer"))
                    .forEach(context::removeLifecycleListener);
        });
    }

    @Bean
    FilterRegistrationBean<RequestBodyFilter> requestBodies(ProblemReply problemReply, RestProperties properties) {
        var bodies = new FilterRegistrationBean<>(new RequestBodyFilter(problemReply, properties));
        bodies.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        bodies.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return bodies;
    }

    @Bean
    FilterRegistrationBean<HealthReserveFilter> healthReserve(
            ProblemReply problemReply, ServerProperties server, Environment environment) {
        String actuator = environment.getProperty("management.endpoints.web.base-path", "/actuator");
        var reserve = new FilterRegistrationBean<>(new HealthReserveFilter(
                problemReply,
                actuator + "/health",
                server.getTomcat().getThreads().getMax()));
        reserve.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return reserve;
    }
}
