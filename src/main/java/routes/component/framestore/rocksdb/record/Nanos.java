package routes.component.framestore.rocksdb.record;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Instants as nanoseconds since 1970, which lasts until 2262. */
public final class Nanos {

    private static final long PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private Nanos() {}

    /** What lies outside of the range becomes its end. */
    public static long of(Instant instant) {
        if (instant.getEpochSecond() < 0) {
            return 0;
        }
        if (instant.getEpochSecond() >= Long.MAX_VALUE / PER_SECOND) {
            return Long.MAX_VALUE;
        }
        return instant.getEpochSecond() * PER_SECOND + instant.getNano();
    }

    static Instant toInstant(long nanos) {
        return Instant.ofEpochSecond(Long.divideUnsigned(nanos, PER_SECOND), Long.remainderUnsigned(nanos, PER_SECOND));
    }
}
