package routes.component.zeromq.socket;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InboxTest {

    private final AtomicInteger roomAgain = new AtomicInteger();

    @Test
    @DisplayName("messages count until they are done, not until they are taken; the one that makes room is told")
    void boundInMessages() throws InterruptedException {
        Inbox inbox = new Inbox(2, 1_000, roomAgain::incrementAndGet, trouble -> {});
        List<byte[]> first = List.of(new byte[1]);
        inbox.add(first);
        assertThat(inbox.hasRoom()).isTrue();
        inbox.add(List.of(new byte[1]));
        assertThat(inbox.hasRoom()).isFalse();

        assertThat(inbox.next(1, 0)).containsExactly(first);
        assertThat(inbox.hasRoom()).isFalse();
        assertThat(inbox.waiting()).isEqualTo(1);

        inbox.done(List.of(first));
        assertThat(inbox.hasRoom()).isTrue();
        assertThat(roomAgain).hasValue(1);
        assertThat(inbox.messages()).isEqualTo(1);
    }

    @Test
    @DisplayName("the message that crosses the bound of bytes is the last until there is room")
    void boundInBytes() {
        Inbox inbox = new Inbox(10, 100, roomAgain::incrementAndGet, trouble -> {});
        List<byte[]> half = List.of(new byte[60]);
        List<byte[]> giant = List.of(new byte[300], new byte[200]);
        inbox.add(half);
        assertThat(inbox.hasRoom()).isTrue();
        inbox.add(giant);
        assertThat(inbox.hasRoom()).isFalse();
        assertThat(inbox.bytes()).isEqualTo(560);

        inbox.done(List.of(half));
        assertThat(inbox.hasRoom()).isFalse();
        inbox.done(List.of(giant));
        assertThat(inbox.hasRoom()).isTrue();
        assertThat(roomAgain).hasValue(1);
    }

    @Test
    @DisplayName("shut it takes nothing, and keeps what it has")
    void shut() throws InterruptedException {
        Inbox inbox = new Inbox(10, 100, roomAgain::incrementAndGet, trouble -> {});
        inbox.add(List.of(new byte[1]));

        inbox.shut();

        assertThat(inbox.hasRoom()).isFalse();
        assertThat(inbox.next(5, 0)).hasSize(1);
        inbox.reopen();
        assertThat(inbox.hasRoom()).isTrue();
        assertThat(roomAgain).hasValue(1);
    }
}
