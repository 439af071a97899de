package routes.platform.errors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/** The table {@code dead_letter}. Every change of status is one conditional update, so that two never both win. */
class DeadLetterRepository {

    private final JdbcClient jdbc;
    private final String insert = statement("insert-dead-letter");
    private final String filter = statement("dead-letter-filter");
    private final String list = statement("list-dead-letters").replace("/*filter*/", filter);
    private final String count = statement("count-dead-letters").replace("/*filter*/", filter);
    private final String show = statement("show-dead-letter");
    private final String queue = statement("queue-dead-letter");
    private final String queueAll = statement("queue-dead-letters").replace("/*filter*/", filter);
    private final String discard = statement("discard-dead-letter");
    private final String nextQueued = statement("next-queued-dead-letter");
    private final String claim = statement("claim-dead-letter");
    private final String finish = statement("finish-dead-letter");
    private final String countByRoute = statement("count-dead-letters-by-route");
    private final String listOfWorkflow = statement("list-dead-letters-of-workflow");
    private final String countOfWorkflow = statement("count-dead-letters-of-workflow");

    DeadLetterRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A dead letter without what is too large for a list. */
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

    /** A dead letter with its number and fate. */
    record Stored(long id, String status, Instant changedAt, DeadLetter letter) {}

    /** How many letters wait for a decision. */
    record Waiting(String routeId, String exception, long letters) {}

    /** The right to requeue a letter, until another may try. */
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
                .param("failedAt", sql(letter.failedAt()))
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
                .query((row, number) -> summary(row))
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
                .query((row, number) -> summary(row))
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

    Optional<Stored> find(long id) {
        return jdbc.sql(show)
                .param("id", id)
                .query((row, number) -> stored(row))
                .optional();
    }

    /** @return false when it was not dead, or cannot be requeued */
    boolean queue(long id, Instant now) {
        return jdbc.sql(queue).param("id", id).param("now", sql(now)).update() == 1;
    }

    /** @return how many were queued */
    int queueAll(DeadLetterFilter wanted, Instant now) {
        return jdbc.sql(queueAll)
                .params(parameters(wanted))
                .param("now", sql(now))
                .update();
    }

    /** @return false when it was decided already, or is being sent */
    boolean discard(long id, Instant now) {
        return jdbc.sql(discard).param("id", id).param("now", sql(now)).update() == 1;
    }

    /** The oldest queued letter for one of these routes, if no other process is at it. */
    Optional<Claim> claimNext(Collection<String> routes, Instant now, Duration length) {
        if (routes.isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> next = jdbc.sql(nextQueued)
                .param("now", sql(now))
                .param("routes", routes)
                .query(Long.class)
                .optional();
        // Both databases keep microseconds, and finish() compares.
        Instant until = now.plus(length).truncatedTo(ChronoUnit.MICROS);
        return next.filter(id -> jdbc.sql(claim)
                                .param("id", id)
                                .param("until", sql(until))
                                .param("now", sql(now))
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
                .param("claim", sql(claimed.until()))
                .param("status", status.text())
                .param("reason", reason, Types.VARCHAR)
                .param("now", sql(now))
                .update();
    }

    List<Waiting> countByRoute() {
        return jdbc.sql(countByRoute)
                .query((row, number) ->
                        new Waiting(row.getString("route_id"), row.getString("exception"), row.getLong("letters")))
                .list();
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
        parameters.put("since", wanted.since() == null ? null : sql(wanted.since()));
        parameters.put("until", wanted.until() == null ? null : sql(wanted.until()));
        return parameters;
    }

    /** So that % and _ stand for themselves in a pattern. */
    private static String literal(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }

    private static OffsetDateTime sql(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static Summary summary(ResultSet row) throws SQLException {
        return new Summary(
                row.getLong("id"),
                row.getString("status"),
                row.getString("route_id"),
                row.getString("failed_route_id"),
                row.getString("failed_node_id"),
                row.getString("exception"),
                row.getString("reason"),
                row.getBoolean("permanent"),
                row.getString("correlation_id"),
                row.getString("body_type"),
                row.getLong("body_size"),
                row.getString("obstacle"),
                number(row, "requeue_of"),
                row.getString("node"),
                instant(row, "failed_at"),
                instant(row, "changed_at"));
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
                instant(row, "failed_at"));
        return new Stored(row.getLong("id"), row.getString("status"), instant(row, "changed_at"), letter);
    }

    private static String statement(String name) {
        try {
            return new ClassPathResource("sql/platform/" + name + ".sql").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The statement " + name + " is missing from the jar", e);
        }
    }
}
