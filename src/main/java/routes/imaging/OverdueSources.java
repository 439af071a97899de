package routes.imaging;

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
        return sql.sql(
                        """
                        select count(*)
                        from src_dir_info s
                        join imaging_events e on e.id = s.imaging_event_id
                        left join object_store_entries o on o.imaging_event_id = e.id
                        where s.source_removed_at is null and o.id is null and e.appended_at < :before
                        """)
                .params(retention.sourceCutoff())
                .query(Long.class)
                .single();
    }
}
