package routes.platform.errors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonParseException;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import routes.platform.InvalidInputException;
import routes.platform.NotFoundException;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorClassifierTest {

    private final ErrorClassifier classifier = new ErrorsConfiguration().errorClassifier();

    static List<Throwable> permanent() {
        return List.of(
                new InvalidInputException(List.of()),
                new NotFoundException("no job 7"),
                new NumberFormatException("x"),
                new NullPointerException(),
                new JsonParseException(null, "not JSON"),
                new UncheckedIOException(new JsonParseException(null, "not JSON")),
                new RuntimeCamelException(new IllegalArgumentException("wrapped")),
                new jakarta.validation.ConstraintViolationException(java.util.Set.of()),
                new DuplicateKeyException("twice"));
    }

    static List<Throwable> transients() {
        return List.of(
                new IOException("disk"),
                new ConnectException("refused"),
                new IllegalArgumentException("wrapper", new ConnectException("refused")),
                new QueryTimeoutException("slow"),
                new DataAccessResourceFailureException("database away"),
                new SQLException("unknown to us"),
                new RuntimeException("unknown to us"));
    }

    @Test
    @DisplayName("CP10 an error of the JVM may pass, whatever wraps it; only a stack that overflows comes of the input")
    void errorsOfTheJvm() {
        Error memory = new OutOfMemoryError("Java heap space");

        assertThat(classifier.isPermanent(memory)).isFalse();
        assertThat(classifier.isPermanent(new IllegalArgumentException(memory))).isFalse();
        assertThat(classifier.isPermanent(new org.apache.camel.TypeConversionException("x", String.class, memory)))
                .isFalse();
        assertThat(classifier.isPermanent(new IllegalStateException(new StackOverflowError())))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("permanent")
    void isPermanent(Throwable error) {
        assertThat(classifier.isPermanent(error)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("transients")
    void isTransient(Throwable error) {
        assertThat(classifier.isPermanent(error)).isFalse();
    }

    @Test
    @DisplayName("A circle of causes ends")
    void circle() {
        RuntimeException one = new RuntimeException("one");
        RuntimeException two = new RuntimeException("two", one);
        one.initCause(two);

        assertThat(classifier.isPermanent(one)).isFalse();
        assertThat(Stream.of(one, two)).contains((RuntimeException) ErrorClassifier.rootCause(two));
    }
}
