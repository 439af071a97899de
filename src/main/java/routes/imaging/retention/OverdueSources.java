package routes.imaging.retention;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts the sources that {@code list-overdue.sql} lists: past their lifespan without a recorded upload. */
final class OverdueSources {

    private final JdbcClient sql;
    private final Retention retention;

    OverdueSources(JdbcClient sql, Retention retention) {
        this.sql = sql;
        this.retention = retention;
    }

    long count() {
        return sql.sql("select count(*) from unrecorded_sources where appended_at < :before")
                .params(retention.sourceCutoff())
                .query(Long.class)
                .single();
    }
}
