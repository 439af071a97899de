package routes.platform.security;

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.HeaderWriterFilter;

/**
 * One filter chain for all of HTTP, including Hawtio and the actuator. There are no CSRF tokens: no login is kept in
 * cookies, and what browsers send by themselves (saved passwords, access to loopback) is covered by {@link
 * BrowserGuard}.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class SecurityConfiguration {

    private static final String ISSUER = "spring.security.oauth2.resourceserver.jwt.issuer-uri";

    @Bean
    SecurityFilterChain httpSecurity(
            HttpSecurity http,
            SecurityProperties security,
            ServerProperties server,
            ObjectProvider<ReadOnlyOperation> reading,
            Environment environment)
            throws Exception {
        boolean users = !security.users().isEmpty();
        boolean tokens = environment.containsProperty(ISSUER);
        BrowserGuard guard =
                new BrowserGuard(security.allowedHosts(), security.allowedOrigins(), isLoopback(server.getAddress()));
        http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new BrowserGuardFilter(guard), HeaderWriterFilter.class)
                // Hawtio shows itself in frames of its own pages
                .headers(headers -> headers.frameOptions(frames -> frames.sameOrigin()));
        if (!users && !tokens) {
            http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
            return http.build();
        }
        if (users) {
            http.httpBasic(basic -> basic.realmName("Caravan"));
        }
        if (tokens) {
            var roles = new JwtAuthenticationConverter();
            roles.setJwtGrantedAuthoritiesConverter(new ClaimedRoles(security.rolesClaim()));
            http.oauth2ResourceServer(oauth -> oauth.jwt(jwt -> jwt.jwtAuthenticationConverter(roles)));
        }
        return http.authorizeHttpRequests(requests -> {
                    // First, so that no rule for public endpoints opens these
                    requests.requestMatchers(EndpointRequest.to("hawtio", "jolokia"))
                            .hasRole("OPERATOR");
                    requests.requestMatchers(EndpointRequest.to(
                                    security.publicEndpoints().toArray(String[]::new)))
                            .permitAll();
                    if (security.publicEndpoints().contains("health")) {
                        requests.requestMatchers("/health/**").permitAll();
                    }
                    requests.requestMatchers(HttpMethod.GET).hasRole("VIEWER");
                    requests.requestMatchers(HttpMethod.HEAD).hasRole("VIEWER");
                    reading.forEach(request -> requests.requestMatchers(request.method(), request.path())
                            .hasRole("VIEWER"));
                    requests.anyRequest().hasRole("OPERATOR");
                })
                .exceptionHandling(refusals -> refusals.accessDeniedHandler((request, response, e) ->
                        Problem.write(response, HttpStatus.FORBIDDEN, "This needs the role operator.")))
                .build();
    }

    /** It does not check which methods a path has: a method that does not exist is a 405. */
    @Bean
    StrictHttpFirewall httpFirewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setUnsafeAllowAnyHttpMethod(true);
        return firewall;
    }

    /** Whoever may change may also read. */
    @Bean
    static RoleHierarchy roles() {
        return RoleHierarchyImpl.fromHierarchy("ROLE_OPERATOR > ROLE_VIEWER");
    }

    /** Defined even when there are no users: otherwise Spring Boot would invent one and print a password. */
    @Bean
    UserDetailsService users(SecurityProperties security) {
        return new InMemoryUserDetailsManager(security.users().stream()
                .map(user -> User.withUsername(user.name())
                        .password(user.password())
                        .roles(user.roles().stream().map(Enum::name).toArray(String[]::new))
                        .build())
                .toList());
    }

    private static boolean isLoopback(@Nullable InetAddress address) {
        return address != null && address.isLoopbackAddress();
    }
}
