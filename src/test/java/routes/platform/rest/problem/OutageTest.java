package routes.platform.rest.problem;

import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class OutageTest {

    static Stream<Throwable> outages() {
        return Stream.of(
                new ConnectException("refused"),
                new SQLTransientConnectionException("pool is empty"),
                new SQLNonTransientConnectionException("Database is already closed", "90121"),
                new SQLException("terminating connection due to administrator command", "57P01"),
                new SQLException("broken", "08006"));
    }

    static Stream<Throwable> mistakes() {
        return Stream.of(
                new NullPointerException(),
                new SQLException("syntax error", "42601"),
                new SQLException("no state"),
                new SQLIntegrityConstraintViolationException("twice", "23505"));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void passes(Throwable cause) {
        assertThat(Outage.causes(new IllegalStateException(cause))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void doesNotPass(Throwable cause) {
        assertThat(Outage.causes(new IllegalStateException(cause))).isFalse();
    }
}
