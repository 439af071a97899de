package routes.platform.rest.problem;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Distinguishes an outage of a server that we depend on, which passes, from a mistake of ours, which does not. */
final class Outage {

    /** SQLSTATE classes: connection exception, insufficient resources, operator intervention. */
    private static final Set<String> PASSING_SQL_STATES = Set.of("08", "53", "57");

    private Outage() {}

    static boolean causes(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isOutage(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOutage(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof UnknownHostException
                || cause instanceof SocketTimeoutException
                || cause instanceof SQLTransientException
                // "Non-transient" speaks of the connection: H2 says so, with a state of its own, while it is being
                // stopped
                || cause instanceof SQLNonTransientConnectionException
                || cause instanceof SQLRecoverableException
                || cause instanceof SQLException sql && isPassing(sql.getSQLState());
    }

    private static boolean isPassing(@Nullable String sqlState) {
        return sqlState != null && sqlState.length() >= 2 && PASSING_SQL_STATES.contains(sqlState.substring(0, 2));
    }
}
