package routes.replay.job.service;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import routes.platform.sql.SqlStatements;
import routes.platform.sql.SqlTimes;
import routes.platform.sql.StorableText;
import routes.replay.job.JobCheckpoint;
import routes.replay.job.JobDefinition;
import routes.replay.job.JobRecord;
import routes.replay.job.JobState;
import routes.replay.job.TimelinePosition;
import routes.replay.job.json.JobRequestReader;
import routes.replay.protocol.FrameId;
import routes.replay.socket.SinkOptions;

/**
 * The table {@code replay_job}. Jobs belong to the frame store whose data they replay, which only one process has open.
 */
class JobRepository {

    private static final int LONGEST_REASON = 4000;

    private final JobTable<JobRecord> table;
    private final ObjectMapper mapper;
    private final String node;

    JobRepository(JdbcClient jdbc, TransactionOperations transactions, ObjectMapper mapper, String node) {
        this.table = new JobTable<>(jdbc, transactions, new SqlStatements("replay"), this::job, JobRecord::id);
        this.mapper = mapper;
        this.node = node;
    }

    /** @return false when there is a job with this idempotency key already */
    boolean insert(UUID store, JobRecord job) {
        JobDefinition definition = job.definition();
        return table.insert(
                "insert-job",
                parameters("id", job.id())
                        .addValue("store", store)
                        .addValue("node", node)
                        .addValue("state", job.state().text())
                        .addValue("definition", definition.json().toString())
                        .addValue("source", definition.source())
                        .addValue("sink", definition.sink())
                        .addValue("resultingId", definition.resultingId())
                        .addValue("priority", definition.request().extras().priority())
                        .addValue("speed", job.speed())
                        .addValue("stopCondition", job.stopCondition().toString())
                        .addValue("idempotencyKey", job.idempotencyKey().orElse(null), Types.VARCHAR)
                        .addValue("createdAt", SqlTimes.of(job.createdAt())),
                job.idempotencyKey());
    }

    /**
     * Writes how far jobs are, in one transaction.
     *
     * @return those that were written
     */
    List<JobRecord> save(List<JobRecord> jobs, Instant now) {
        return table.save(jobs, job -> save(job, now));
    }

    /** Writes what changes in the life of a job. One that has ended stays as it is. */
    void save(JobRecord job, Instant now) {
        Optional<JobCheckpoint> checkpoint = job.checkpoint();
        table.update(
                "save-job",
                parameters("id", job.id())
                        .addValue("node", node)
                        .addValue("state", job.state().text())
                        .addValue("speed", job.speed())
                        .addValue("part", checkpoint.map(JobCheckpoint::part).orElse(0))
                        .addValue(
                                "startIndex",
                                checkpoint.map(JobCheckpoint::start).orElse(null),
                                Types.BIGINT)
                        .addValue(
                                "position",
                                checkpoint.map(JobCheckpoint::position).orElse(null),
                                Types.BIGINT)
                        .addValue(
                                "frames", checkpoint.map(JobCheckpoint::frames).orElse(0L))
                        .addValue("bytes", checkpoint.map(JobCheckpoint::bytes).orElse(0L))
                        .addValue(
                                "lastFrame",
                                checkpoint
                                        .flatMap(JobCheckpoint::lastFrame)
                                        .map(FrameId::toUuid)
                                        .orElse(null))
                        .addValue(
                                "timeline",
                                checkpoint
                                        .flatMap(JobCheckpoint::timeline)
                                        .map(position -> position.toJson().toString())
                                        .orElse(null),
                                Types.VARCHAR)
                        .addValue("stopCondition", job.stopCondition().toString())
                        .addValue(
                                "reason",
                                job.reason()
                                        .map(reason -> StorableText.of(reason, LONGEST_REASON))
                                        .orElse(null),
                                Types.VARCHAR)
                        .addValue("startedAt", job.startedAt().map(SqlTimes::of).orElse(null))
                        .addValue("endedAt", job.endedAt().map(SqlTimes::of).orElse(null))
                        .addValue("changedAt", SqlTimes.of(now)));
    }

    /** Jobs that have not ended, oldest first. */
    List<JobRecord> live(UUID store) {
        return table.list("list-live-jobs", parameters("store", store));
    }

    /** Jobs that ended after a time, youngest first. */
    List<JobRecord> ended(UUID store, Instant since, int limit) {
        return table.list(
                "list-ended-jobs",
                parameters("store", store).addValue("since", SqlTimes.of(since)).addValue("limit", limit));
    }

    /**
     * All jobs, youngest first.
     *
     * @param state null for any
     * @param source null for any
     * @param before only those made before this one; null for all
     */
    List<JobRecord> page(
            UUID store, @Nullable String state, @Nullable String source, @Nullable UUID before, int limit) {
        return table.list(
                "list-jobs",
                parameters("store", store)
                        .addValue("state", state, Types.VARCHAR)
                        .addValue("source", source, Types.VARCHAR)
                        .addValue("before", before == null ? null : before.toString(), Types.VARCHAR)
                        .addValue("limit", limit));
    }

    Optional<JobRecord> find(UUID store, UUID id) {
        return table.list("show-job", parameters("store", store).addValue("id", id)).stream()
                .findAny();
    }

    Optional<JobRecord> findByKey(UUID store, String idempotencyKey) {
        return table.list("find-job-by-key", parameters("store", store).addValue("key", idempotencyKey)).stream()
                .findAny();
    }

    /** Deletes the jobs that ended before a time. */
    int forget(Instant before) {
        return table.update("forget-jobs", parameters("before", SqlTimes.of(before)));
    }

    private static MapSqlParameterSource parameters(String name, Object value) {
        return new MapSqlParameterSource(name, value);
    }

    private JobRecord job(ResultSet row, int number) throws SQLException {
        return new JobRecord(
                row.getObject("id", UUID.class),
                JobState.of(row.getString("state")),
                // The options of the sink are in it
                new JobRequestReader().definition(json(row.getString("definition")), SinkOptions.DEFAULT),
                row.getDouble("speed"),
                json(row.getString("stop_condition")),
                checkpoint(row),
                Optional.ofNullable(row.getString("reason")),
                Optional.ofNullable(row.getString("idempotency_key")),
                SqlTimes.instant(row, "created_at"),
                SqlTimes.optional(row, "started_at"),
                SqlTimes.optional(row, "ended_at"));
    }

    private Optional<JobCheckpoint> checkpoint(ResultSet row) throws SQLException {
        long start = row.getLong("start_index");
        if (row.wasNull()) {
            return Optional.empty();
        }
        return Optional.of(new JobCheckpoint(
                row.getInt("part"),
                start,
                row.getLong("position"),
                row.getLong("frames"),
                row.getLong("bytes"),
                Optional.ofNullable(row.getObject("last_frame", UUID.class)).map(FrameId::of),
                Optional.ofNullable(row.getString("timeline")).map(this::json).map(TimelinePosition::read),
                Optional.empty()));
    }

    private JsonNode json(String text) {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A row of replay_job holds invalid JSON", e);
        }
    }
}
