package routes.replay;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BatchSizeTest {

    private final AtomicLong jobs = new AtomicLong(1);
    private final BatchSize size = new BatchSize(jobs::get);

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
        jobs.set(64);
        assertThat(size.bytes()).isEqualTo(512 << 10);

        jobs.set(10_000);
        assertThat(size.bytes()).isEqualTo(BatchSize.LEAST_BYTES);
    }
}
