package routes.replay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The system's clock, with a lead that a test can give it. */
final class AdjustableClock extends Clock {

    private volatile Duration lead = Duration.ZERO;

    void advance(Duration by) {
        lead = lead.plus(by);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(lead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
