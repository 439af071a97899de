package routes.platform.security;

import java.util.List;
import java.util.Set;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may log in, and under which names this server is known. An OIDC issuer is set by Spring's own key,
 * {@code spring.security.oauth2.resourceserver.jwt.issuer-uri}.
 *
 * @param allowedHosts host names, without port, under which browsers reach this server besides {@code localhost} and its
 *     subdomains; needed behind a reverse proxy that changes the Host header
 * @param allowedOrigins origins, {@code https://name:port}, of other web pages that may send requests
 * @param publicEndpoints ids of the actuator endpoints that need no login; {@code health} includes our own {@code /health}
 * @param rolesClaim where a token holds its roles; dots lead into nested objects, {@code realm_access.roles}
 * @param users people and programs with a password, for HTTP Basic; as soon as there is one, loopback needs a login too
 */
@Validated
@ConfigurationProperties("caravan.security")
public record SecurityProperties(
        @DefaultValue Set<@NotBlank String> allowedHosts,
        @DefaultValue
                Set<
                                @Pattern(
                                        regexp = "https?://[^/@\\s]+",
                                        message =
                                                "must be an origin, such as https://pages.example.org or http://localhost:3000")
                                String>
                        allowedOrigins,
        @DefaultValue("health") Set<@NotBlank String> publicEndpoints,
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue @Valid List<User> users) {

    /**
     * @param name what to log in with
     * @param password bcrypt hash with its mark: {@code {bcrypt}$2…}
     * @param roles what the user may do
     */
    public record User(
            @NotBlank String name,
            @NotNull
                    @Pattern(
                            regexp = "\\{bcrypt}\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}",
                            message = "must be a bcrypt hash, {bcrypt}$2y$…, as htpasswd -nBC 12 <name> prints it")
                    String password,
            @NotEmpty Set<@NotNull Role> roles) {

        /** Without the password hash. */
        @Override
        public String toString() {
            return name + " " + roles;
        }
    }

    /** What somebody may do. */
    public enum Role {
        /** Read: GET and HEAD. */
        VIEWER,
        /** Read and change, and use Hawtio. */
        OPERATOR
    }
}
