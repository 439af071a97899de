package routes.platform.rest.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves the files of the documentation page: our own, and those of Swagger UI from its jar. */
@Component
class DocsPages implements WebMvcConfigurer {

    private static final String PATHS = "/docs/**";
    private static final String SWAGGER_UI = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

    /** Nothing may be loaded from other servers; inline styles are allowed, since Swagger UI sets them. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(PATHS)
                .addResourceLocations(
                        "classpath:/docs/",
                        "classpath:/META-INF/resources/webjars/swagger-ui/" + swaggerUiVersion() + "/");
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new PolicyHeaders()).addPathPatterns("/docs", PATHS);
    }

    private static String swaggerUiVersion() {
        try (InputStream input = new ClassPathResource(SWAGGER_UI).getInputStream()) {
            Properties pom = new Properties();
            pom.load(input);
            return pom.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException("The jar of Swagger UI is not on the class path", e);
        }
    }

    private static final class PolicyHeaders implements HandlerInterceptor {

        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
            response.setHeader("Content-Security-Policy", POLICY);
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Referrer-Policy", "no-referrer");
            return true;
        }
    }
}
