package routes.platform.rest;

import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps request headers out of the answers of every route that serves HTTP. */
@Configuration(proxyBeanMethods = false)
class HttpHeaders {

    @Bean
    ComponentCustomizer httpHeaderFilter(RestHeaderFilter filter) {
        return ComponentCustomizer.builder(PlatformHttpComponent.class)
                .build(component -> component.setHeaderFilterStrategy(filter));
    }
}
