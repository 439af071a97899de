package routes.imaging;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.ConnectionFactory;
import org.apache.camel.ProducerTemplate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.platform.ForeignProgram;
import routes.platform.Peers;
import routes.platform.PostgresServer;

import static org.assertj.core.api.Assertions.assertThat;

/** The workflow with PostgreSQL in place of H2: every statement runs there too, and psql reads what it left. */
@Tag("peer")
class PostgresIT {

    @TempDir
    private static Path data;

    private static PostgresServer postgres;
    private static RunningCaravan caravan;

    private final ForeignProgram psql = Peers.require("psql");

    @BeforeAll
    static void start() throws Exception {
        postgres = PostgresServer.start(Peers.require("PostgreSQL", PostgresServer.installed()));
        caravan = RunningCaravan.start(
                data,
                "POSTGRES_DSN=" + postgres.dsn(),
                "imaging.retention.delete-systems=prince,aretha",
                "imaging.retention.interval=1h",
                // Longer than the timer needs for its run at start
                "imaging.retention.source-lifespan=PT10S",
                "imaging.retention.staging-lifespan=PT10S");
    }

    @AfterAll
    static void stop() throws Exception {
        if (caravan != null) {
            caravan.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    @DisplayName("D01 D02 D03 D07 A03 A07 A08 A09 A10 P01 P04 P06 an event goes all its way on PostgreSQL")
    void wholeWay() throws Exception {
        SampleEvent event = caravan.drop(SampleEvent.of("aretha"));
        JsonNode exported = caravan.await(event.refId(), "exported");
        String key = exported.path("export").path("key").asText();
        String path = "images/" + event.fields().get("experiment_id") + "/2024-02-01.tar";
        FakeTapeTool.over(caravan.bean(ConnectionFactory.class))
                .publish(FakeTapeTool.notification(LocalDate.of(2024, 2, 1), Map.of(path, List.of(key))));
        JsonNode archived = caravan.await(event.refId(), "archived");

        assertThat(archived.path("source")
                        .path("raw_metadata")
                        .path("event")
                        .path("plate")
                        .asInt())
                .isEqualTo(7);
        assertThat(query("select type, state_of.n from imaging_events, (select count(*) n from src_dir_info) state_of"))
                .isEqualTo("STITCH|1");
        assertThat(query("select raw_metadata -> 'event' ->> 'timestep_id' from src_dir_info"))
                .isEqualTo(event.refId().toString());
        assertThat(query("select \"timestamp\" at time zone 'UTC', cross_date, position from imaging_events"))
                .isEqualTo("2024-02-01 09:30:00|2024-01-15|3");
        assertThat(
                        query(
                                "select \"key\", size, hex, algorithm from object_store_entries o"
                                        + " join event_archives a using (imaging_event_id) join archive_checksums c on c.event_archive_id = a.id"))
                .isEqualTo(key + "|" + exported.path("export").path("size").asText() + "|"
                        + exported.path("export").path("checksum").asText() + "|SHA256");
        assertThat(query("select path, member_key, src_key from data_archive_entries a"
                        + " join data_archive_members m on m.data_archive_entry_id = a.id"))
                .isEqualTo(path + "|093000.tar|" + key);

        readsEverything(event);
        operates(event);
    }

    private void readsEverything(SampleEvent event) {
        String experiment = "experiment_id=" + event.fields().get("experiment_id");
        String window = "start=2024-01-01T00:00:00Z&end=2124-01-01T00:00:00%2B01:00";
        assertThat(caravan.get("/api/1/exports").path("count").asInt()).isEqualTo(1);
        assertThat(caravan.get("/api/1/exports?event_type=stitch&system=aretha&" + experiment + "&" + window)
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        JsonNode archives = caravan.get("/api/1/archives");
        assertThat(archives.path("count").asInt()).isEqualTo(1);
        assertThat(caravan.get("/api/1/archives?event_type=stitch&" + experiment))
                .isEqualTo(archives);
        String id = archives.path("data").path(0).path("id").asText();
        assertThat(caravan.get("/api/1/archives/" + id).path("members")).hasSize(1);
        assertThat(caravan.get("/api/1/daily-stats").toString()).contains("2024-02-01");
        assertThat(caravan.get("/api/1/events").path("count").asInt()).isEqualTo(1);
        assertThat(caravan.get("/api/1/events?event_type=stitch&state=archived&system=aretha&" + experiment + "&"
                                + window)
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        assertThat(caravan.get("/api/1/events?state=imported").path("count").asInt())
                .isZero();
        assertThat(caravan.get("/api/1/dead-letters").toString()).contains("\"count\":0");
    }

    private void operates(SampleEvent event) {
        assertThat(caravan.post("/api/1/operations/verify/" + event.refId(), "").toString())
                .doesNotContain("false");
        caravan.post("/api/1/operations/re-upload/" + event.refId(), "");
        caravan.post(
                "/api/1/operations/ingest-backlog",
                "{\"start\": \"2024-01-01T00:00:00Z\", \"end\": \"2024-03-01T00:00:00Z\", \"system\": \"aretha\"}");
        caravan.post(
                "/api/1/operations/ingest-backlog",
                "{\"start\": \"2023-01-01T00:00:00Z\", \"end\": \"2023-03-01T00:00:00Z\"}");
        assertThat(caravan.bean(ProducerTemplate.class)
                        .requestBody("direct:imaging-report-yesterday", null, String.class))
                .contains("AdaptiveCard");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> caravan.post("/api/1/operations/purge?dry_run=true", "")
                                .toString(),
                        due -> due.contains(event.refId().toString()));
        assertThat(query("select count(source_removed_at), count(staging_removed_at) from src_dir_info"))
                .isEqualTo("0|0");
        caravan.post("/api/1/operations/purge", "");
        Awaitility.await().untilAsserted(() -> assertThat(
                        query("select count(source_removed_at), count(staging_removed_at) from src_dir_info"))
                .isEqualTo("1|1"));
    }

    private String query(String sql) {
        return psql.run(postgres.dsn(), "-Atc", sql).strip();
    }
}
