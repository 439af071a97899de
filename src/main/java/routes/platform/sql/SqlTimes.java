package routes.platform.sql;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Moments as the JDBC drivers hand them out: PostgreSQL's as {@link Timestamp}, H2's as {@link OffsetDateTime}. */
public final class SqlTimes {

    private SqlTimes() {}

    public static Instant instantOf(Object column) {
        if (column instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (column instanceof Timestamp timestamp) {
            return timestamp.toInstant();
        }
        throw new IllegalArgumentException("Not a moment: " + column);
    }
}
