package routes.replay.job.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;
import routes.replay.JobSamples;
import routes.replay.Json;
import routes.replay.RecordedSource;
import routes.replay.SavantSamples;
import routes.replay.job.JobCheckpoint;
import routes.replay.job.JobIds;
import routes.replay.job.JobRecord;
import routes.replay.job.JobState;
import routes.replay.job.StopCondition;
import routes.replay.job.StopConditionState;
import routes.replay.job.TimelinePosition;
import routes.replay.job.json.JobRequestReader;
import routes.replay.protocol.FrameId;
import routes.replay.protocol.TimeBase;
import routes.replay.socket.SinkOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Jobs in H2; {@link JobRepositoryIT} does the same in PostgreSQL. */
class JobRepositoryTest {

    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);

    private final JobIds ids = new JobIds(Clock.systemUTC(), RandomGenerator.getDefault());
    private final UUID store = UUID.randomUUID();
    private final FrameId frame = SavantSamples.ID;
    private JdbcClient sql;
    private TransactionOperations transactions;
    private JobRepository rows;

    @BeforeEach
    void migrate() throws Exception {
        DataSource database = database();
        Flyway.configure()
                .dataSource(database)
                .placeholders(Map.of("jsonb", "text"))
                .load()
                .migrate();
        sql = JdbcClient.create(database);
        sql.sql("delete from replay_job").update();
        transactions = new TransactionTemplate(new DataSourceTransactionManager(database));
        rows = new JobRepository(sql, transactions, new ObjectMapper(), "node-1");
    }

    DataSource database() throws Exception {
        return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1");
    }

    @Test
    @DisplayName("RX1 a job comes back as it was written down, each step of its life")
    void roundTrip() {
        JobRecord fresh = job("cam-1", Optional.of("key"));
        assertThat(rows.insert(store, fresh)).isTrue();
        assertThat(rows.find(store, fresh.id())).hasToString(Optional.of(fresh).toString());
        assertThat(rows.findByKey(store, "key")).hasToString(Optional.of(fresh).toString());
        assertThat(rows.live(store)).hasToString(List.of(fresh).toString());

        TimelinePosition timeline = new TimelinePosition(
                new TimeBase(1001, 30_000), OptionalLong.of(Long.MIN_VALUE), OptionalLong.of(-3), 1L << 62, 1);
        JobCheckpoint checkpoint =
                new JobCheckpoint(2, 3, 7, 4, 99, Optional.of(frame), Optional.of(timeline), Optional.empty());
        JobRecord running = changed(fresh, JobState.RUNNING, Optional.of(checkpoint), Optional.empty());
        rows.save(running, NOW);
        assertThat(rows.live(store)).hasToString(List.of(running).toString());

        JobRecord failed = changed(fresh, JobState.FAILED, Optional.of(checkpoint), Optional.of("no reason"));
        rows.save(failed, NOW);
        assertThat(rows.live(store)).isEmpty();
        assertThat(rows.ended(store, NOW.minusSeconds(1), 10))
                .hasToString(List.of(failed).toString());
        assertThat(rows.ended(store, NOW.plusSeconds(1), 10)).isEmpty();
        rows.save(running, NOW);
        assertThat(rows.find(store, fresh.id()))
                .as("an end is final")
                .hasToString(Optional.of(failed).toString());
    }

    @Test
    @DisplayName("RX1 how far several jobs are is written down for all of them or for none")
    void together() {
        JobRecord first = inserted("cam-1");
        JobRecord second = inserted("cam-2");
        JobRecord firstRuns = changed(first, JobState.RUNNING, Optional.empty(), Optional.empty());
        JobRecord secondRuns = changed(second, JobState.RUNNING, Optional.empty(), Optional.empty());

        rows.save(List.of(firstRuns, secondRuns), NOW);
        assertThat(rows.live(store)).hasToString(List.of(firstRuns, secondRuns).toString());

        JobRecord firstWaits = changed(first, JobState.WAITING, Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> rows.save(Arrays.asList(firstWaits, null), NOW))
                .isInstanceOf(NullPointerException.class);
        assertThat(rows.live(store)).hasToString(List.of(firstRuns, secondRuns).toString());
    }

    @Test
    @DisplayName("RX1 what the database refuses of one job does not keep it from the others")
    void refused() {
        JobRecord good = inserted("cam-1");
        JobRecord bad = inserted("cam-2");
        JobRecord goodRuns = changed(good, JobState.RUNNING, Optional.empty(), Optional.empty());
        JobRecord badRuns = changed(bad, JobState.RUNNING, Optional.empty(), Optional.of("refuse me"));
        sql.sql("alter table replay_job add constraint picky check (reason is null or reason <> 'refuse me')")
                .update();
        try {
            assertThat(rows.save(List.of(badRuns, goodRuns), NOW)).containsExactly(goodRuns);
        } finally {
            sql.sql("alter table replay_job drop constraint picky").update();
        }
        assertThat(rows.find(store, good.id()))
                .hasToString(Optional.of(goodRuns).toString());
        assertThat(rows.find(store, bad.id())).hasToString(Optional.of(bad).toString());
    }

    @Test
    @DisplayName("RX1 a reason that quotes any text of a frame is stored, as far as there is room")
    void anyReason() {
        JobRecord fresh = inserted("cam-1");
        String reason = "the attribute a\0b\ud83d\udc2b is there twice " + "x".repeat(5_000);
        rows.save(changed(fresh, JobState.FAILED, Optional.empty(), Optional.of(reason)), NOW);

        assertThat(rows.find(store, fresh.id()).orElseThrow().reason().orElseThrow())
                .startsWith("the attribute a\ufffdb\ud83d\udc2b is there twice x")
                .hasSize(4_000);
    }

    @Test
    @DisplayName("RX21 one job an idempotency key; other stores have their own")
    void keys() {
        assertThat(rows.insert(store, job("cam-1", Optional.of("key")))).isTrue();
        assertThat(rows.insert(store, job("cam-1", Optional.of("key")))).isFalse();
        assertThat(rows.insert(UUID.randomUUID(), job("cam-1", Optional.of("key"))))
                .isTrue();
        assertThat(rows.insert(store, job("cam-1", Optional.empty()))).isTrue();
        assertThat(rows.insert(store, job("cam-1", Optional.empty()))).isTrue();
        assertThat(rows.live(store)).hasSize(3);
    }

    @Test
    @DisplayName("RX2 pages are the youngest first, by state and source; what ended long ago is forgotten")
    void pages() {
        JobRecord first = inserted("cam-1");
        JobRecord second = inserted("cam-2");
        JobRecord third = inserted("cam-1");
        rows.save(changed(second, JobState.CANCELLED, Optional.empty(), Optional.of("x")), NOW);

        assertThat(rows.page(store, null, null, null, 2))
                .extracting(JobRecord::id)
                .containsExactly(third.id(), second.id());
        assertThat(rows.page(store, null, null, second.id(), 2))
                .extracting(JobRecord::id)
                .containsExactly(first.id());
        assertThat(rows.page(store, "cancelled", null, null, 9))
                .extracting(JobRecord::id)
                .containsExactly(second.id());
        assertThat(rows.page(store, null, "cam-1", null, 9)).hasSize(2);
        assertThat(rows.forget(NOW)).isZero();
        assertThat(rows.forget(NOW.plus(Duration.ofDays(1)))).isEqualTo(1);
        assertThat(rows.page(store, null, null, null, 9)).hasSize(2);
    }

    @Test
    @DisplayName("RP107 a row that cannot be read stands in nobody's way")
    void unreadable() {
        JobRecord sound = job("cam-1", Optional.empty());
        JobRecord broken = job("cam-1", Optional.empty());
        rows.insert(store, sound);
        rows.insert(store, broken);
        sql.sql("update replay_job set definition = '{}' where id = :id")
                .param("id", broken.id())
                .update();

        assertThat(rows.live(store)).extracting(JobRecord::id).containsExactly(sound.id());
        assertThat(rows.page(store, null, null, null, 9)).hasSize(1);
        assertThat(rows.find(store, broken.id())).isEmpty();
    }

    private JobRecord inserted(String source) {
        JobRecord job = job(source, Optional.empty());
        rows.insert(store, job);
        return job;
    }

    private JobRecord job(String source, Optional<String> key) {
        ObjectNode request = JobSamples.request(source, RecordedSource.id(0), "{'frame_count': 9}");
        ((ObjectNode) request.get("sink")).set("options", SinkOptions.DEFAULT.toJson());
        return JobRecord.fresh(
                ids.next(),
                new JobRequestReader().definition(Json.of(request.toString()), SinkOptions.DEFAULT),
                key,
                NOW);
    }

    private static JobRecord changed(
            JobRecord job, JobState state, Optional<JobCheckpoint> checkpoint, Optional<String> reason) {
        return new JobRecord(
                job.id(),
                state,
                job.definition(),
                2.5,
                StopConditionState.write(Optional.of(new StopCondition.FrameCount(5)), 0),
                checkpoint,
                reason,
                job.idempotencyKey(),
                job.createdAt(),
                checkpoint.map(any -> NOW),
                state.isEnd() ? Optional.of(NOW) : Optional.empty());
    }
}
