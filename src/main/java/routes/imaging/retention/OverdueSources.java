package routes.imaging.retention;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts what {@code list-overdue.sql} lists: sources past their lifespan whose upload is not recorded. */
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
