package routes.platform.security;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

import static org.assertj.core.api.Assertions.assertThat;

class ClaimedRolesTest {

    @Test
    void rolesOfOursAreTakenAndOthersIgnored() {
        assertThat(roles("roles", Map.of("roles", List.of("operator", "admin"))))
                .containsExactly("ROLE_OPERATOR");
    }

    @Test
    void nestedClaim() {
        assertThat(roles("realm_access.roles", Map.of("realm_access", Map.of("roles", List.of("viewer")))))
                .containsExactly("ROLE_VIEWER");
    }

    @Test
    void textWithSpaces() {
        assertThat(roles("scope", Map.of("scope", "openid viewer"))).containsExactly("ROLE_VIEWER");
    }

    @Test
    void noClaimNoRole() {
        assertThat(roles("a.b", Map.of("a", "text"))).isEmpty();
    }

    private static List<String> roles(String claim, Map<String, Object> claims) {
        Jwt token = Jwt.withTokenValue("t")
                .header("alg", "none")
                .claims(all -> all.putAll(claims))
                .build();
        return new ClaimedRoles(claim)
                .convert(token).stream().map(GrantedAuthority::getAuthority).toList();
    }
}
