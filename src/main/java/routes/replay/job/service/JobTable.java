package routes.replay.job.service;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import routes.platform.InvalidInputException;
import routes.platform.sql.SqlStatements;

/**
 * The table that a workflow keeps its jobs in. Its statements and most of its columns are the workflow's own; every table has
 * the columns {@code id} and {@code idempotency_key}, which are unique.
 *
 * @param <J> a job as the database has it
 */
final class JobTable<J> {

    private static final Logger LOG = LoggerFactory.getLogger(JobTable.class);

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final SqlStatements sql;
    private final RowMapper<J> reader;
    private final Function<J, UUID> id;
    private final Map<String, String> statements = new ConcurrentHashMap<>();

    JobTable(
            JdbcClient jdbc,
            TransactionOperations transactions,
            SqlStatements sql,
            RowMapper<J> reader,
            Function<J, UUID> id) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.sql = sql;
        this.reader = reader;
        this.id = id;
    }

    /** @return false when there is a job with the same idempotency key already */
    boolean insert(String statement, SqlParameterSource job, Optional<String> idempotencyKey) {
        try {
            update(statement, job);
            return true;
        } catch (DuplicateKeyException e) {
            if (idempotencyKey.isEmpty()) {
                throw e;
            }
            return false;
        }
    }

    /**
     * Writes how far jobs are, in one transaction: a commit for each of a hundred jobs would cost a hundred writes to the
     * disk.
     *
     * @return those that were written; one that the database refuses does not keep it from the others
     */
    List<J> save(List<J> jobs, Consumer<J> save) {
        try {
            transactions.executeWithoutResult(together -> jobs.forEach(save));
            return jobs;
        } catch (DataIntegrityViolationException e) {
            if (jobs.size() == 1) {
                LOG.error("The database refuses the progress of job {}: {}", id.apply(jobs.get(0)), e.getMessage());
                return List.of();
            }
            return jobs.stream()
                    .flatMap(job -> save(List.of(job), save).stream())
                    .toList();
        }
    }

    /** Jobs that a statement selects, without those that cannot be read. */
    List<J> list(String statement, SqlParameterSource parameters) {
        return jdbc.sql(statement(statement)).paramSource(parameters).query(this::readable).list().stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Empty for a row that cannot be read, say of another release: it must not stand in the way of the others. */
    private Optional<J> readable(ResultSet row, int number) throws SQLException {
        try {
            return Optional.ofNullable(reader.mapRow(row, number));
        } catch (InvalidInputException | IllegalArgumentException | IllegalStateException e) {
            LOG.warn("Job {} in the database cannot be read and is left out: {}", row.getString("id"), e.getMessage());
            return Optional.empty();
        }
    }

    /** @return how many rows changed */
    int update(String statement, SqlParameterSource parameters) {
        return jdbc.sql(statement(statement)).paramSource(parameters).update();
    }

    private String statement(String name) {
        return statements.computeIfAbsent(name, sql::read);
    }
}
