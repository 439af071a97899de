package routes.platform.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AttemptsTest {

    private final Attempts attempts = new Attempts(5, Duration.ZERO);
    private final StringWriter said = new StringWriter();
    private final PrintWriter messages = new PrintWriter(said, true);
    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void waitsUntilTheServerIsUp() throws Exception {
        assertThat(attempts.call("The server", failure -> true, messages, () -> upAt(5)))
                .isEqualTo(5);
        assertThat(said.toString())
                .contains("The server is not up (not yet); try 5 of 5")
                .hasLineCount(4);
    }

    @Test
    void givesUpAfterTheLastTry() {
        assertThatThrownBy(() -> attempts.call("The server", failure -> true, messages, () -> upAt(6)))
                .hasMessage("not yet");
        assertThat(tries).hasValue(5);
    }

    @Test
    void doesNotRepeatOtherErrors() {
        assertThatThrownBy(() -> attempts.call("The server", failure -> false, messages, () -> upAt(2)))
                .hasMessage("not yet");
        assertThat(tries).hasValue(1);
    }

    private int upAt(int attempt) {
        if (tries.incrementAndGet() < attempt) {
            throw new IllegalStateException("not yet");
        }
        return tries.get();
    }
}
