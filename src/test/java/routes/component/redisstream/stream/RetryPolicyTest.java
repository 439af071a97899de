package routes.component.redisstream.stream;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RetryPolicyTest {

    private final RetryPolicy policy =
            new RetryPolicy(List.of(Duration.ofSeconds(10), Duration.ofMinutes(1)), 0.2, 3, Duration.ofHours(1));

    @Test
    @DisplayName("delays follow the list, and the last repeats")
    void delays() {
        assertThat(policy.delayAfter(1, () -> 0.5)).isEqualTo(Duration.ofSeconds(10));
        assertThat(policy.delayAfter(2, () -> 0.5)).isEqualTo(Duration.ofMinutes(1));
        assertThat(policy.delayAfter(99, () -> 0.5)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    @DisplayName("jitter varies a delay either way")
    void jitter() {
        assertThat(policy.delayAfter(1, () -> 0)).isEqualTo(Duration.ofSeconds(8));
        assertThat(policy.delayAfter(1, () -> 0.9999999)).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    @DisplayName("an entry is given up at its last delivery or at its age")
    void givenUp() {
        assertThat(policy.givenUp(2, Duration.ofMinutes(1))).isEmpty();
        assertThat(policy.givenUp(3, Duration.ofMinutes(1))).hasValue("gave up after 3 deliveries");
        assertThat(policy.givenUp(1, Duration.ofHours(1))).hasValue("gave up after 3600 s and 1 deliveries");
        assertThat(policy.exceeded(3)).isFalse();
        assertThat(policy.exceeded(4)).isTrue();
    }

    @Test
    @DisplayName("0 means no limit")
    void unlimited() {
        RetryPolicy patient = new RetryPolicy(List.of(Duration.ofSeconds(1)), 0, 0, Duration.ZERO);
        assertThat(patient.givenUp(1_000_000, Duration.ofDays(10_000))).isEmpty();
        assertThat(patient.exceeded(1_000_000)).isFalse();
    }

    @Test
    @DisplayName("no delays at all are refused")
    void needsDelays() {
        assertThatThrownBy(() -> new RetryPolicy(List.of(), 0, 0, Duration.ZERO))
                .hasMessageContaining("retryDelays");
    }
}
