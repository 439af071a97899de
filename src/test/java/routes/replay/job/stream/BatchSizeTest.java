package routes.replay.job.stream;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BatchSizeTest {

    private final AtomicInteger readers = new AtomicInteger();
    private final BatchSize size = new BatchSize(readers);

    @Test
    @DisplayName("it begins with one frame, grows while the sink takes everything, and shrinks when it does not")
    void adapts() {
        assertThat(size.frames()).isEqualTo(1);
        for (int i = 0; i < 3; i++) {
            size.taken(true);
        }
        assertThat(size.frames()).isEqualTo(8);
        assertThat(size.bytes()).isEqualTo(512 << 10);

        size.taken(false);

        assertThat(size.frames()).isEqualTo(4);
        assertThat(size.bytes()).isEqualTo(256 << 10);
    }

    @Test
    @DisplayName("it stays within its bounds")
    void bounds() {
        for (int i = 0; i < 100; i++) {
            size.taken(true);
        }
        assertThat(size.frames()).isEqualTo(BatchSize.MOST_FRAMES);
        assertThat(size.bytes()).isEqualTo(BatchSize.MOST_BYTES);

        for (int i = 0; i < 100; i++) {
            size.taken(false);
        }
        assertThat(size.frames()).isEqualTo(1);
        assertThat(size.bytes()).isEqualTo(BatchSize.LEAST_BYTES);
    }

    @Test
    @DisplayName("many jobs share the memory there is, and each may have the least")
    void shares() {
        for (int i = 0; i < 10; i++) {
            size.taken(true);
        }
        enter(64);
        assertThat(size.bytes()).isEqualTo(512 << 10);

        enter(10_000);
        assertThat(size.bytes()).isEqualTo(BatchSize.LEAST_BYTES);
    }

    private void enter(int count) {
        for (int i = 0; i < count; i++) {
            readers.incrementAndGet();
        }
    }
}
