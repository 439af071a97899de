package routes.component.zeromq.socket;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class OutgoingQueueTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    @DisplayName("at the bound of messages a sender without time is turned away, and nothing is kept of it")
    void boundInMessages() throws InterruptedException {
        OutgoingQueue queue = new OutgoingQueue(2, 1_000);
        assertThat(queue.put(message(1, LONG))).isTrue();
        assertThat(queue.put(message(1, LONG))).isTrue();

        assertThat(queue.put(message(1, Duration.ZERO))).isFalse();

        assertThat(queue.messages()).isEqualTo(2);
        assertThat(queue.bytes()).isEqualTo(2);
    }

    @Test
    @DisplayName("at the bound of bytes likewise, but a message larger than the bound may go alone")
    void boundInBytes() throws InterruptedException {
        OutgoingQueue queue = new OutgoingQueue(10, 100);
        Outgoing giant = message(500, LONG);
        assertThat(queue.put(giant)).isTrue();
        assertThat(queue.put(message(1, Duration.ZERO))).isFalse();

        queue.remove(giant);

        assertThat(queue.put(message(60, LONG))).isTrue();
        assertThat(queue.put(message(60, Duration.ZERO))).isFalse();
        assertThat(queue.put(message(40, LONG))).isTrue();
        assertThat(queue.bytes()).isEqualTo(100);
    }

    @Test
    @DisplayName("a sender that waits gets the room that a removal makes")
    void waitsForRoom() throws Exception {
        OutgoingQueue queue = new OutgoingQueue(1, 100);
        Outgoing first = message(1, LONG);
        queue.put(first);
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> put(queue, message(2, LONG)));

        queue.remove(first);

        assertThat(second.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(queue.bytes()).isEqualTo(2);
    }

    @Test
    @DisplayName("closing gives back what waits, and refuses everything after, waiting senders too")
    void closes() throws InterruptedException {
        OutgoingQueue queue = new OutgoingQueue(1, 100);
        Outgoing first = message(1, LONG);
        queue.put(first);
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> put(queue, message(2, LONG)));

        assertThat(queue.close()).containsExactly(first);

        assertThatThrownBy(second::join).hasCauseInstanceOf(ZeroMqException.class);
        assertThatThrownBy(() -> queue.put(message(1, LONG))).isInstanceOf(ZeroMqException.class);
        assertThat(queue.bytes()).isZero();
    }

    @Test
    @DisplayName("overdue are those whose time is over, wherever they stand")
    void overdue() throws InterruptedException {
        OutgoingQueue queue = new OutgoingQueue(10, 100);
        Outgoing patient = message(1, LONG);
        Outgoing hasty = message(1, Duration.ZERO);
        queue.put(patient);
        queue.put(hasty);

        assertThat(queue.overdue()).containsExactly(hasty);
    }

    private static boolean put(OutgoingQueue queue, Outgoing message) {
        try {
            return queue.put(message);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Outgoing message(int size, Duration patience) {
        return new Outgoing(List.of(List.of(new byte[size])), false, patience);
    }
}
