package routes.component.redisstream.stream;

import java.time.Duration;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InFlightTest {

    private final InFlight deliveries = new InFlight(2);

    @Test
    @DisplayName("room is bounded, and comes back when an entry is let go")
    void bounded() {
        assertThat(deliveries.reserve(10)).isEqualTo(2);
        assertThat(deliveries.reserve(1)).isZero();
        assertThat(deliveries.holdWorking("1-0")).isTrue();
        deliveries.unreserve(1);

        deliveries.release("1-0");
        deliveries.release("1-0");

        assertThat(deliveries.reserve(10)).isEqualTo(2);
    }

    @Test
    @DisplayName("an id is held once, whichever way it comes")
    void once() {
        deliveries.reserve(2);
        assertThat(deliveries.holdWorking("1-0")).isTrue();
        assertThat(deliveries.holdWorking("1-0")).isFalse();
        assertThat(deliveries.holdWaiting("1-0")).isFalse();
        assertThat(deliveries.pollDue()).isEmpty();
    }

    @Test
    @DisplayName("a waiting entry becomes due after its delay, and is then at work")
    void waits() {
        deliveries.reserve(2);
        deliveries.holdWorking("1-0");
        deliveries.retryIn("1-0", Duration.ofHours(1));
        assertThat(deliveries.pollDue()).isEmpty();
        assertThat(deliveries.untilDue(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(2));
        assertThat(deliveries.waiting()).isEqualTo(1);

        deliveries.holdWaiting("2-0");
        assertThat(deliveries.untilDue(Duration.ofSeconds(2))).isZero();
        assertThat(deliveries.pollDue()).hasValue("2-0");
        assertThat(deliveries.working()).isEqualTo(1);
    }

    @Test
    @DisplayName("only what waits can be let go for others")
    void letsGo() {
        deliveries.reserve(2);
        deliveries.holdWorking("1-0");
        deliveries.holdWaiting("2-0");

        assertThat(deliveries.releaseAllWaiting()).containsExactly("2-0");
        assertThat(deliveries.held()).containsExactly("1-0");
        assertThat(deliveries.reserve(10)).isEqualTo(1);
    }
}
