package routes.replay.job.stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PauseClockTest {

    private final PauseClock clock = new PauseClock();

    @Test
    @DisplayName("RX6 the time stands still in a pause, also over a second one, and what passed is left behind")
    void standsStill() {
        assertThat(clock.at(5)).isEqualTo(5);
        clock.pause(10);
        clock.pause(20);

        assertThat(clock.isPaused()).isTrue();
        assertThat(clock.standsStill()).isTrue();
        assertThat(clock.at(30)).isEqualTo(10);
        assertThat(clock.leaveBehind(30)).isEqualTo(20);
        assertThat(clock.at(40)).isEqualTo(30);
        assertThat(clock.leaveBehind(40)).isEqualTo(10);
        assertThat(clock.resume()).isFalse();
        assertThat(clock.isPaused()).isFalse();
        assertThat(clock.at(50)).isEqualTo(50);
    }

    @Test
    @DisplayName("RX6 in a pause as many frames go as are let through; without one all go")
    void steps() {
        assertThat(clock.mostFrames()).isEqualTo(Long.MAX_VALUE);
        clock.frameSent();
        clock.pause(10);
        assertThat(clock.mostFrames()).isZero();
        // One that was on its way
        clock.frameSent();
        clock.step(2);

        assertThat(clock.standsStill()).isFalse();
        assertThat(clock.mostFrames()).isEqualTo(2);
        clock.frameSent();
        clock.frameSent();
        assertThat(clock.standsStill()).isTrue();
        assertThat(clock.resume()).as("frames were let through").isTrue();
        assertThat(clock.mostFrames()).isEqualTo(Long.MAX_VALUE);
        clock.pause(20);
        assertThat(clock.resume()).isFalse();
    }
}
