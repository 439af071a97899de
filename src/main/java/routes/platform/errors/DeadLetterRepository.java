package routes.platform.errors;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import routes.platform.sql.SqlStatements;
import routes.platform.sql.SqlTimes;

/** The table {@code dead_letter}. Every change of status is one conditional update, so that two never both win. */
@Component
class DeadLetterRepository {

    private static final SqlStatements SQL = new SqlStatements("platform");

    private final JdbcClient jdbc;
    private final String insert = SQL.read("insert-dead-letter");
    private final String filter = SQL.read("dead-letter-filter");
    private final String list = SQL.read("list-dead-letters").replace("/*filter*/", filter);
    private final String count = SQL.read("count-dead-letters").replace("/*filter*/", filter);
    private final String show = SQL.read("show-dead-letter");
    private final String queue = SQL.read("queue-dead-letter");
    private final String queueAll = SQL.read("queue-dead-letters").replace("/*filter*/", filter);
    private final String discard = SQL.read("discard-dead-letter");
    private final String nextQueued = SQL.read("next-queued-dead-letter");
    private final String claim = SQL.read("claim-dead-letter");
    private final String finish = SQL.read("finish-dead-letter");
    private final String listOfWorkflow = SQL.read("list-dead-letters-of-workflow");
    private final String countOfWorkflow = SQL.read("count-dead-letters-of-workflow");

    DeadLetterRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A dead letter without the parts that are too large for a list. */
    record Summary(
            long id,
            String status,
            String routeId,
            String failedRouteId,
            @Nullable String failedNodeId,
            String exception,
            String reason,
            boolean permanent,
            String correlationId,
            String bodyType,
            long bodySize,
            @Nullable String obstacle,
            @Nullable Long requeueOf,
            String node,
            Instant failedAt,
            Instant changedAt) {}

    /** A dead letter with its number and what became of it. */
    record Stored(long id, String status, Instant changedAt, DeadLetter letter) {}

    /** The right of one process to requeue a letter until the given time. */
    record Claim(long id, Instant until) {}

    long insert(DeadLetter letter) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(insert)
                .param("routeId", letter.routeId())
                .param("endpointUri", letter.endpointUri(), Types.VARCHAR)
                .param("failedRouteId", letter.failedRouteId())
                .param("failedNodeId", letter.failedNodeId(), Types.VARCHAR)
                .param("failedEndpoint", letter.failedEndpoint(), Types.VARCHAR)
                .param("exception", letter.exception())
                .param("reason", letter.reason())
                .param("stackTrace", letter.stackTrace())
                .param("permanent", letter.permanent())
                .param("exchangeId", letter.exchangeId())
                .param("correlationId", letter.correlationId())
                .param("bodyType", letter.body().type().name().toLowerCase(Locale.ROOT))
                .param("bodyClass", letter.body().detail(), Types.VARCHAR)
                .param("bodySize", letter.body().size())
                .param("body", letter.body().bytes(), Types.VARBINARY)
                .param("headers", letter.headers())
                .param("obstacle", letter.obstacle(), Types.VARCHAR)
                .param("requeueOf", letter.requeueOf(), Types.BIGINT)
                .param("node", letter.node())
                .param("failedAt", SqlTimes.of(letter.failedAt()))
                .update(key, "id");
        Number id = key.getKey();
        if (id == null) {
            throw new IllegalStateException("The database gave the dead letter no id");
        }
        return id.longValue();
    }

    /** Newest first. */
    List<Summary> list(DeadLetterFilter wanted, int limit, long offset) {
        return jdbc.sql(list)
                .params(parameters(wanted))
                .param("limit", limit)
                .param("offset", offset)
                .query(Summary.class)
                .list();
    }

    long count(DeadLetterFilter wanted) {
        return jdbc.sql(count).params(parameters(wanted)).query(Long.class).single();
    }

    /**
     * Those that wait for a decision, newest first.
     *
     * @param workflow which is the first word of its routes' ids; null for all
     */
    List<Summary> waiting(@Nullable String workflow, int limit) {
        return jdbc.sql(listOfWorkflow)
                .param("routes", routesOf(workflow), Types.VARCHAR)
                .param("limit", limit)
                .query(Summary.class)
                .list();
    }

    long countWaiting(@Nullable String workflow) {
        return jdbc.sql(countOfWorkflow)
                .param("routes", routesOf(workflow), Types.VARCHAR)
                .query(Long.class)
                .single();
    }

    private static @Nullable String routesOf(@Nullable String workflow) {
        return workflow == null ? null : workflow + "-%";
    }

    Optional<Summary> summary(long id) {
        return jdbc.sql(show).param("id", id).query(Summary.class).optional();
    }

    Optional<Stored> find(long id) {
        return jdbc.sql(show)
                .param("id", id)
                .query((row, number) -> stored(row))
                .optional();
    }

    /** @return false when it was not dead, or cannot be requeued */
    boolean queue(long id, Instant now) {
        return jdbc.sql(queue).param("id", id).param("now", SqlTimes.of(now)).update() == 1;
    }

    /** @return how many were queued */
    int queueAll(DeadLetterFilter wanted, Instant now) {
        return jdbc.sql(queueAll)
                .params(parameters(wanted))
                .param("now", SqlTimes.of(now))
                .update();
    }

    /** @return false when its fate was decided already, or it is being sent */
    boolean discard(long id, Instant now) {
        return jdbc.sql(discard).param("id", id).param("now", SqlTimes.of(now)).update() == 1;
    }

    /** The oldest queued letter for one of these routes, if no other process is at it. */
    Optional<Claim> claimNext(Collection<String> routes, Instant now, Duration length) {
        if (routes.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> next = jdbc.sql(nextQueued)
                .param("now", SqlTimes.of(now))
                .param("routes", routes)
                .query(Long.class)
                .optional();
        // Both databases keep microseconds, and finish() compares.
        Instant until = now.plus(length).truncatedTo(ChronoUnit.MICROS);
        return next.filter(id -> jdbc.sql(claim)
                                .param("id", id)
                                .param("until", SqlTimes.of(until))
                                .param("now", SqlTimes.of(now))
                                .update()
                        == 1)
                .map(id -> new Claim(id, until));
    }

    /**
     * Decides the fate of a claimed letter.
     *
     * @param reason null keeps the one it has
     */
    void finish(Claim claimed, DeadLetterStatus status, @Nullable String reason, Instant now) {
        jdbc.sql(finish)
                .param("id", claimed.id())
                .param("claim", SqlTimes.of(claimed.until()))
                .param("status", status.text())
                .param("reason", reason, Types.VARCHAR)
                .param("now", SqlTimes.of(now))
                .update();
    }

    private static Map<String, @Nullable Object> parameters(DeadLetterFilter wanted) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put(
                "status", wanted.status() == null ? null : wanted.status().text());
        parameters.put("route", wanted.route());
        parameters.put("exception", wanted.exception());
        parameters.put("exceptionSuffix", wanted.exception() == null ? null : "%." + literal(wanted.exception()));
        parameters.put(
                "reasonPattern",
                wanted.reason() == null ? null : "%" + literal(wanted.reason().toLowerCase(Locale.ROOT)) + "%");
        parameters.put("reason", wanted.reason());
        parameters.put("since", wanted.since() == null ? null : SqlTimes.of(wanted.since()));
        parameters.put("until", wanted.until() == null ? null : SqlTimes.of(wanted.until()));
        return parameters;
    }

    /** Escapes % and _, so that they stand for themselves in a pattern. */
    private static String literal(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static Stored stored(ResultSet row) throws SQLException {
        StoredBody body = new StoredBody(
                StoredBody.Type.valueOf(row.getString("body_type").toUpperCase(Locale.ROOT)),
                row.getString("body_class"),
                row.getLong("body_size"),
                row.getBytes("body"),
                row.getString("obstacle"));
        DeadLetter letter = new DeadLetter(
                row.getString("route_id"),
                row.getString("endpoint_uri"),
                row.getString("failed_route_id"),
                row.getString("failed_node_id"),
                row.getString("failed_endpoint"),
                row.getString("exception"),
                row.getString("reason"),
                row.getString("stack_trace"),
                row.getBoolean("permanent"),
                row.getString("exchange_id"),
                row.getString("correlation_id"),
                body,
                row.getString("headers"),
                row.getString("obstacle"),
                number(row, "requeue_of"),
                row.getString("node"),
                SqlTimes.instant(row, "failed_at"));
        return new Stored(row.getLong("id"), row.getString("status"), SqlTimes.instant(row, "changed_at"), letter);
    }
}
