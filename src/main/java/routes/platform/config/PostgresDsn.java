package routes.platform.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The address of a PostgreSQL database in JDBC's form.
 *
 * @param url JDBC address without user and password
 * @param username empty when the address named none
 * @param password empty when the address named none
 */
record PostgresDsn(String url, Optional<String> username, Optional<String> password) {

    private static final Pattern SQLALCHEMY = Pattern.compile(
            "postgres(?:ql)?(?:\\+\\w+)?://"
                    + "(?:(?<user>[^:/@]*)(?::(?<password>[^@]*))?@)?(?<hosts>[^/?@]*)(?:/(?<database>[^?]*))?(?:\\?(?<query>.*))?");

    /** Names of parameters in asyncpg and libpq, and the JDBC driver's names for them. */
    private static final Map<String, String> PARAMETERS = Map.of(
            "ssl", "sslmode",
            "application_name", "ApplicationName",
            "connect_timeout", "connectTimeout");

    /**
     * Understands {@code postgresql://user:password@host:5432/database?parameter=value}, with {@code postgres} too, with
     * any driver suffix ({@code postgresql+asyncpg}), and addresses that are JDBC's already.
     *
     * @return empty when the text is none of these
     */
    static Optional<PostgresDsn> parse(String dsn) {
        if (dsn.startsWith("jdbc:postgresql:")) {
            return Optional.of(new PostgresDsn(dsn, Optional.empty(), Optional.empty()));
        }
        Matcher parts = SQLALCHEMY.matcher(dsn);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String hosts = parts.group("hosts").isEmpty() ? "localhost" : parts.group("hosts");
        String database = parts.group("database") == null ? "" : parts.group("database");
        return Optional.of(new PostgresDsn(
                "jdbc:postgresql://" + hosts + "/" + database + query(parts.group("query")),
                decoded(parts.group("user")),
                decoded(parts.group("password"))));
    }

    private static String query(@Nullable String query) {
        return query == null || query.isEmpty()
                ? ""
                : Arrays.stream(query.split("&")).map(PostgresDsn::parameter).collect(Collectors.joining("&", "?", ""));
    }

    private static String parameter(String assignment) {
        String[] nameAndValue = assignment.split("=", 2);
        String name = PARAMETERS.getOrDefault(nameAndValue[0], nameAndValue[0]);
        return nameAndValue.length == 1 ? name : name + "=" + nameAndValue[1];
    }

    private static Optional<String> decoded(@Nullable String text) {
        return Optional.ofNullable(text)
                .filter(given -> !given.isEmpty())
                // unlike in a form, a plus sign stands for itself here
                .map(given -> URLDecoder.decode(given.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    /** Omits the password: records print their fields, and this one ends up in messages. */
    @Override
    public String toString() {
        return url;
    }
}
