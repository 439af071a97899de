package routes.replay.job.service;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import routes.component.framestore.api.FrameStore;
import routes.platform.attention.AttentionItem;
import routes.platform.attention.AttentionItem.Action;
import routes.platform.attention.AttentionSource;
import routes.platform.sql.SqlStatements;
import routes.platform.sql.SqlTimes;

/** Puts the failed jobs of this process's store on the attention list, until they are forgotten. */
final class FailedJobs implements AttentionSource {

    private static final SqlStatements SQL = new SqlStatements("replay");

    private final JdbcClient jdbc;
    private final Supplier<FrameStore> store;
    private final JobService jobs;
    private final String list = SQL.read("list-failed-jobs");
    private final String count = SQL.read("count-failed-jobs");
    private final String show = SQL.read("show-failed-job");
    private final String forget = SQL.read("forget-failed-job");

    FailedJobs(JdbcClient jdbc, Supplier<FrameStore> store, JobService jobs) {
        this.jdbc = jdbc;
        this.store = store;
        this.jobs = jobs;
    }

    @Override
    public String name() {
        return "replay-failed-job";
    }

    @Override
    public List<AttentionItem> newest(@Nullable String workflow, int most) {
        return ofThisStore(list).param("limit", most).query(FailedJobs::item).list();
    }

    @Override
    public long count(@Nullable String workflow) {
        return ofThisStore(count).query(Long.class).single();
    }

    @Override
    public Optional<AttentionItem> find(String key) {
        return id(key).flatMap(id -> ofThisStore(show)
                .param("id", id)
                .query((row, number) -> item(row, number)
                        .with(Map.of(
                                "url",
                                "/replay/api/v1/jobs/" + row.getString("id"),
                                "request",
                                row.getString("definition"))))
                .optional());
    }

    /** Creates a new job with the same request; asked for twice, it creates one job. */
    @Override
    public boolean requeue(String key) {
        Optional<String> request = find(key).map(job -> job.details().get("request"));
        request.ifPresent(body -> jobs.create(jobs.read(body), "attention-" + key));
        return request.isPresent() && discard(key);
    }

    @Override
    public boolean discard(String key) {
        return id(key).filter(id -> ofThisStore(forget).param("id", id).update() == 1)
                .isPresent();
    }

    private JdbcClient.StatementSpec ofThisStore(String statement) {
        return jdbc.sql(statement).param("store", store.get().identity());
    }

    private static AttentionItem item(ResultSet row, int number) throws SQLException {
        return new AttentionItem(
                row.getString("id"),
                "replay",
                "failed-job",
                "Job " + row.getString("id") + " of " + row.getString("source") + " to " + row.getString("sink"),
                Optional.ofNullable(row.getString("reason")).orElse("It failed for an unknown reason"),
                SqlTimes.instant(row, "ended_at"),
                List.of(Action.REQUEUE, Action.DISCARD),
                Map.of());
    }

    private static Optional<UUID> id(String key) {
        try {
            return Optional.of(UUID.fromString(key));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
