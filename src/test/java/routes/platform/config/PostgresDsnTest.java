package routes.platform.config;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresDsnTest {

    @ParameterizedTest
    @CsvSource({
        "postgresql+asyncpg://user:pw@host:5432/db, jdbc:postgresql://host:5432/db, user, pw",
        "postgresql+psycopg2://user:pw@host/db, jdbc:postgresql://host/db, user, pw",
        "postgresql://user@host/db, jdbc:postgresql://host/db, user,",
        "postgres://host/db, jdbc:postgresql://host/db,,",
        "postgresql://user:pw@/db, jdbc:postgresql://localhost/db, user, pw",
        "postgresql://user:pw@docker_db:5432/db, jdbc:postgresql://docker_db:5432/db, user, pw",
        "postgresql://u:p@[::1]:5432/db, jdbc:postgresql://[::1]:5432/db, u, p",
        "postgresql://u:p%40ss%2Fw+rd@host/db, jdbc:postgresql://host/db, u, p@ss/w+rd",
        "postgresql://u:a/b:c@host/db, jdbc:postgresql://host/db, u, a/b:c",
        "postgresql+asyncpg://u:p@h/db?ssl=require&application_name=x, "
                + "jdbc:postgresql://h/db?sslmode=require&ApplicationName=x, u, p",
        "jdbc:postgresql://host/db?user=u, jdbc:postgresql://host/db?user=u,,",
    })
    void becomesJdbc(String dsn, String url, String username, String password) {
        assertThat(PostgresDsn.parse(dsn)).hasValueSatisfying(parsed -> {
            assertThat(parsed.url()).isEqualTo(url);
            assertThat(parsed.username().orElse(null)).isEqualTo(username);
            assertThat(parsed.password().orElse(null)).isEqualTo(password);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://u:p@h/db", "host:5432/db", "postgresql:/h/db", "jdbc:mysql://h/db"})
    void otherAddressesAreNotGuessedAt(String dsn) {
        assertThat(PostgresDsn.parse(dsn)).isEmpty();
    }

    @Test
    void passwordIsNotPrinted() {
        assertThat(PostgresDsn.parse("postgresql://user:sesame@host/db").orElseThrow())
                .asString()
                .doesNotContain("sesame");
    }
}
