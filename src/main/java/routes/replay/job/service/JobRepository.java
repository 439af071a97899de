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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import routes.platform.InvalidInputException;
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
 * The table {@code replay_job}, as far as it belongs to one frame store: jobs go with the data they replay, and only one
 * process has that open.
 */
class JobRepository {

    private static final SqlStatements SQL = new SqlStatements("replay");

    private static final Logger LOG = LoggerFactory.getLogger(JobRepository.class);
    private static final int LONGEST_REASON = 4000;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final ObjectMapper mapper;
    private final String node;
    private final String insert = SQL.read("insert-job");
    private final String save = SQL.read("save-job");
    private final String listLive = SQL.read("list-live-jobs");
    private final String listEnded = SQL.read("list-ended-jobs");
    private final String page = SQL.read("list-jobs");
    private final String show = SQL.read("show-job");
    private final String findByKey = SQL.read("find-job-by-key");
    private final String forget = SQL.read("forget-jobs");

    JobRepository(JdbcClient jdbc, TransactionOperations transactions, ObjectMapper mapper, String node) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.mapper = mapper;
        this.node = node;
    }

    /** @return false when there is a job with this idempotency key already */
    boolean insert(UUID store, JobRecord job) {
        JobDefinition definition = job.definition();
        try {
            jdbc.sql(insert)
                    .param("id", job.id())
                    .param("store", store)
                    .param("node", node)
                    .param("state", job.state().text())
                    .param("definition", definition.json().toString())
                    .param("source", definition.source())
                    .param("sink", definition.sink())
                    .param("resultingId", definition.resultingId())
                    .param("priority", definition.request().extras().priority())
                    .param("speed", job.speed())
                    .param("stopCondition", job.stopCondition().toString())
                    .param("idempotencyKey", job.idempotencyKey().orElse(null), Types.VARCHAR)
                    .param("createdAt", SqlTimes.of(job.createdAt()))
                    .update();
            return true;
        } catch (DuplicateKeyException e) {
            if (job.idempotencyKey().isEmpty()) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Writes how far jobs are, in one transaction: a commit for each of a hundred jobs would cost a hundred writes to the
     * disk.
     *
     * @return those that were written: one that the database refuses does not keep it from the others
     */
    List<JobRecord> save(List<JobRecord> jobs, Instant now) {
        try {
            transactions.executeWithoutResult(together -> jobs.forEach(job -> save(job, now)));
            return jobs;
        } catch (DataIntegrityViolationException e) {
            if (jobs.size() == 1) {
                LOG.error(
                        "The database refuses what job {} has come to: {}",
                        jobs.get(0).id(),
                        e.getMessage());
                return List.of();
            }
            return jobs.stream()
                    .flatMap(job -> save(List.of(job), now).stream())
                    .toList();
        }
    }

    /** Writes what changes in the life of a job. One that has ended stays as it is. */
    void save(JobRecord job, Instant now) {
        Optional<JobCheckpoint> checkpoint = job.checkpoint();
        jdbc.sql(save)
                .param("id", job.id())
                .param("node", node)
                .param("state", job.state().text())
                .param("speed", job.speed())
                .param("part", checkpoint.map(JobCheckpoint::part).orElse(0))
                .param("startIndex", checkpoint.map(JobCheckpoint::start).orElse(null), Types.BIGINT)
                .param("position", checkpoint.map(JobCheckpoint::position).orElse(null), Types.BIGINT)
                .param("frames", checkpoint.map(JobCheckpoint::frames).orElse(0L))
                .param("bytes", checkpoint.map(JobCheckpoint::bytes).orElse(0L))
                .param(
                        "lastFrame",
                        checkpoint
                                .flatMap(JobCheckpoint::lastFrame)
                                .map(FrameId::toUuid)
                                .orElse(null))
                .param(
                        "timeline",
                        checkpoint
                                .flatMap(JobCheckpoint::timeline)
                                .map(position -> position.toJson().toString())
                                .orElse(null),
                        Types.VARCHAR)
                .param("stopCondition", job.stopCondition().toString())
                .param(
                        "reason",
                        job.reason()
                                .map(reason -> StorableText.of(reason, LONGEST_REASON))
                                .orElse(null),
                        Types.VARCHAR)
                .param("startedAt", job.startedAt().map(SqlTimes::of).orElse(null))
                .param("endedAt", job.endedAt().map(SqlTimes::of).orElse(null))
                .param("changedAt", SqlTimes.of(now))
                .update();
    }

    /** Jobs that have not ended, oldest first. */
    List<JobRecord> live(UUID store) {
        return jdbc.sql(listLive).param("store", store).query((row, number) -> job(row)).list().stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Jobs that ended after a time, youngest first. */
    List<JobRecord> ended(UUID store, Instant since, int limit) {
        return jdbc
                .sql(listEnded)
                .param("store", store)
                .param("since", SqlTimes.of(since))
                .param("limit", limit)
                .query((row, number) -> job(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
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
        return jdbc
                .sql(page)
                .param("store", store)
                .param("state", state, Types.VARCHAR)
                .param("source", source, Types.VARCHAR)
                .param("before", before == null ? null : before.toString(), Types.VARCHAR)
                .param("limit", limit)
                .query((row, number) -> job(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    Optional<JobRecord> find(UUID store, UUID id) {
        return jdbc.sql(show)
                .param("store", store)
                .param("id", id)
                .query((row, number) -> job(row))
                .optional()
                .flatMap(found -> found);
    }

    Optional<JobRecord> findByKey(UUID store, String idempotencyKey) {
        return jdbc.sql(findByKey)
                .param("store", store)
                .param("key", idempotencyKey)
                .query((row, number) -> job(row))
                .optional()
                .flatMap(found -> found);
    }

    /** Deletes jobs that ended before a time. */
    int forget(Instant before) {
        return jdbc.sql(forget).param("before", SqlTimes.of(before)).update();
    }

    /** Empty for a row of another release, say, that cannot be read: it is not to stand in the way of the others. */
    private Optional<JobRecord> job(ResultSet row) throws SQLException {
        try {
            return Optional.of(readable(row));
        } catch (InvalidInputException | IllegalArgumentException | IllegalStateException e) {
            LOG.warn("Job {} in the database is left out, it cannot be read: {}", row.getString("id"), e.getMessage());
            return Optional.empty();
        }
    }

    private JobRecord readable(ResultSet row) throws SQLException {
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
            throw new IllegalStateException("A row of replay_job holds what is no JSON", e);
        }
    }
}
