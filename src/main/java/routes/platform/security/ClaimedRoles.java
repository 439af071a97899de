package routes.platform.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;

/** The roles of a token: those of our roles that its claim names; other names are ignored. */
class ClaimedRoles implements Converter<Jwt, Collection<GrantedAuthority>> {

    private static final List<String> ROLES =
            Arrays.stream(SecurityProperties.Role.values()).map(Enum::name).toList();

    private final String[] path;

    /** @param claim name of the claim; dots lead into nested objects */
    ClaimedRoles(String claim) {
        this.path = claim.split("\\.");
    }

    @Override
    public Collection<GrantedAuthority> convert(Jwt token) {
        Object value = token.getClaims();
        for (String step : path) {
            value = value instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return names(value).stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .filter(ROLES::contains)
                .<GrantedAuthority>map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                .toList();
    }

    private static List<String> names(@Nullable Object value) {
        if (value instanceof Collection<?> many) {
            return many.stream().map(String::valueOf).toList();
        }
        return value instanceof String text ? List.of(text.split("[ ,]+")) : List.of();
    }
}
