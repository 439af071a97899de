package routes.platform.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Moments in the types of the JDBC drivers. */
public final class SqlTimes {

    private SqlTimes() {}

    /** The value of a parameter. */
    public static OffsetDateTime of(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    /** A value as the drivers return it: PostgreSQL's as {@link Timestamp}, H2's as {@link OffsetDateTime}. */
    public static Instant instantOf(Object column) {
        if (column instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (column instanceof Timestamp timestamp) {
            return timestamp.toInstant();
        }
        throw new IllegalArgumentException("Not a moment: " + column);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return optional(row, column).orElseThrow();
    }

    /** Empty where the column is null. */
    public static Optional<Instant> optional(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
