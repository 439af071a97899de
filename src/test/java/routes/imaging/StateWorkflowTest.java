package routes.imaging;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

class StateWorkflowTest extends ImagingWorkflow {

    private static final Instant TIMESTAMP = Instant.parse("2024-02-01T09:30:00Z");
    private static final String CHECKSUM = "ab".repeat(32);

    @Autowired
    private MeterRegistry meters;

    private RecordedRows rows;

    @BeforeEach
    void rows() {
        rows = new RecordedRows(sql);
    }

    @Test
    @DisplayName(
            "CI6 the flat entry of the original's producers is imported and uploaded; without type and system, too")
    void flatEntry() {
        SampleEvent event = SampleEvent.ofPrince();
        event.with("img_dir", "Images/" + event.imageDir()).writeImages(share("prince"));
        redis.xadd(
                imaging.streams().events(),
                Map.of(
                        "ref_id",
                        event.refId().toString(),
                        "experiment_id",
                        event.fields().get("experiment_id").toString(),
                        "timestamp",
                        "2024-02-01T10:31:00+01:00",
                        "local_path",
                        event.imageDir() + "/Img",
                        "img_count",
                        "2",
                        "metadata",
                        "{\"application\":{\"application\":\"mock-scope\"},\"camera\":{\"gain\":NaN}}"));

        assertThat(awaitExported(event.refId()).at("/export/key").textValue())
                .endsWith(event.fields().get("experiment_id") + "/20240201/093100.tar");
        Map<String, Object> row = sql.sql("select e.type, e.system, s.local_path, s.img_count,"
                        + " cast(s.raw_metadata as varchar) as raw_metadata from imaging_events e"
                        + " join src_dir_info s on s.imaging_event_id = e.id where e.ref_id = ?")
                .param(event.refId())
                .query()
                .singleRow();
        assertThat(row)
                .containsEntry("type", "STITCH")
                .containsEntry("system", "prince")
                .containsEntry("local_path", event.imageDir() + "/Img")
                .containsEntry("img_count", 2);
        assertThat(parse(row.get("raw_metadata").toString())
                        .at("/metadata/application/application")
                        .asText())
                .isEqualTo("mock-scope");
    }

    @Test
    @DisplayName("D02 the same message five times makes one row each, with the right values")
    void importsOnce() {
        SampleEvent event = SampleEvent.ofPrince().writeImages(share("prince"));
        String last = "";
        for (int i = 0; i < 5; i++) {
            last = StreamEntries.append(redis, imaging.streams().events(), StreamEntries.event(event));
        }
        awaitAcknowledged(imaging.streams().events(), imaging.streams().importGroup(), last);

        Map<String, Object> row = sql.sql("select e.type, e.experiment_id, e.system, e.position, e.plate,"
                        + " cast(e.cross_date as varchar) as cross_date, s.local_path, s.staging_path, s.img_count,"
                        + " s.img_count_actual from imaging_events e join src_dir_info s on s.imaging_event_id = e.id"
                        + " where e.ref_id = ?")
                .param(event.refId())
                .query()
                .singleRow();
        assertThat(row)
                .containsEntry("type", "STITCH")
                .containsEntry("experiment_id", event.fields().get("experiment_id"))
                .containsEntry("system", "prince")
                .containsEntry("position", 3)
                .containsEntry("plate", 7)
                .containsEntry("cross_date", "2024-01-15")
                .containsEntry("local_path", event.imageDir())
                .containsEntry("staging_path", null)
                .containsEntry("img_count", 2)
                .containsEntry("img_count_actual", 2);
    }

    @Test
    @DisplayName("D02 an import that fails half way leaves nothing behind, and works when it is put back")
    void importIsOneTransaction() {
        SampleEvent event = SampleEvent.ofPrince().writeImages(share("prince"));
        sql.sql("alter table src_dir_info add constraint refused_by_test check (local_path <> '" + event.imageDir()
                        + "')")
                .update();
        try {
            StreamEntries.append(redis, imaging.streams().events(), StreamEntries.event(event));
            await().until(() -> reasonOfDeath(imaging.streams().events(), event.refId()), reason -> !reason.isEmpty());
            assertThat(count("imaging_events where ref_id = ?", event.refId())).isZero();
        } finally {
            sql.sql("alter table src_dir_info drop constraint refused_by_test").update();
        }

        post(
                "/api/1/operations/requeue-dead",
                Map.of("stream", imaging.streams().events()));

        awaitExported(event.refId());
        assertThat(event(event.refId()).path("source").path("local_path").asText())
                .isEqualTo(event.imageDir());
    }

    @Test
    @DisplayName("D03 D06 a notification makes the export rows; 3 GiB is stored")
    void recordsExport() {
        UUID refId = UUID.randomUUID();
        rows.event(refId, "exp", TIMESTAMP);
        long size = 3L << 30;

        announce(StreamEntries.export(refId, keyFor(refId), CHECKSUM, size));

        JsonNode export = awaitExported(refId).path("export");
        assertThat(export.path("size").asLong()).isEqualTo(size);
        assertThat(export.path("checksum").asText()).isEqualTo(CHECKSUM);
        assertThat(export.path("key").asText()).isEqualTo(keyFor(refId));
        assertThat(export.path("uploaded_at").asText()).isEqualTo("2024-02-01T09:31:12.345678Z");
    }

    @Test
    @DisplayName("D03 a notification that claims the object of another event leaves no row and is set aside")
    void exportIsOneTransaction() {
        UUID owner = UUID.randomUUID();
        UUID claimant = UUID.randomUUID();
        rows.export(rows.event(owner, "exp", TIMESTAMP), keyFor(owner), TIMESTAMP);
        UUID event = rows.event(claimant, "exp", TIMESTAMP);

        announce(StreamEntries.export(claimant, keyFor(owner), CHECKSUM, 10_240));

        String reason =
                await().until(() -> reasonOfDeath(imaging.streams().exports(), claimant), text -> !text.isEmpty());
        assertThat(reason).contains("another event");
        assertThat(count("event_archives where imaging_event_id = ?", event)).isZero();
        assertThat(event(claimant).path("state").asText()).isEqualTo("imported");
    }

    @Test
    @DisplayName("D04 an upload announced before its event is imported waits for it, holds up nobody, and is recorded")
    void exportBeforeImport() {
        SampleEvent event = drop(SampleEvent.ofPrince());
        JsonNode before = awaitExported(event.refId()).path("export");
        rows.forget(event.refId());

        String entry = announce(announced(event.refId()).get(0));
        awaitExported(drop(SampleEvent.ofPrince()).refId());
        assertThat(isPending(imaging.streams().exports(), imaging.streams().exportGroup(), entry))
                .isTrue();

        StreamEntries.append(
                redis, imaging.streams().events(), published(event.refId()).get(0));

        assertThat(awaitExported(event.refId()).path("export").path("checksum")).isEqualTo(before.path("checksum"));
        awaitAcknowledged(imaging.streams().exports(), imaging.streams().exportGroup(), entry);
    }

    @Test
    @DisplayName("D05 the same upload again changes nothing; another checksum is counted, and the first stays")
    void conflictingExport() {
        UUID refId = UUID.randomUUID();
        rows.event(refId, "exp", TIMESTAMP);
        announce(StreamEntries.export(refId, keyFor(refId), CHECKSUM, 10_240));
        JsonNode first = awaitExported(refId).path("export");
        double conflicts = conflicts();

        awaitAcknowledged(announce(StreamEntries.export(refId, keyFor(refId), CHECKSUM, 10_240)));
        assertThat(conflicts()).isEqualTo(conflicts);
        awaitAcknowledged(announce(StreamEntries.export(refId, keyFor(refId), "cd".repeat(32), 20_480)));

        assertThat(conflicts()).isEqualTo(conflicts + 1);
        JsonNode last = event(refId).path("export");
        assertThat(last.path("checksum")).isEqualTo(first.path("checksum"));
        assertThat(last.path("size")).isEqualTo(first.path("size"));
    }

    private String announce(Object export) {
        return StreamEntries.append(redis, imaging.streams().exports(), export);
    }

    private String keyFor(UUID refId) {
        return imaging.bucket() + "/images/exp/20240201/" + refId + ".tar";
    }

    private double conflicts() {
        return meters.find("imaging.exports.conflicts").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private long count(String from, UUID id) {
        return sql.sql("select count(*) from " + from)
                .param(id)
                .query(Long.class)
                .single();
    }

    private String reasonOfDeath(String stream, UUID refId) {
        return redis.xrange(stream + ":dead", Range.unbounded()).stream()
                .map(StreamMessage::getBody)
                .filter(fields -> fields.getOrDefault("data", "").contains(refId.toString()))
                .map(Map::toString)
                .findFirst()
                .orElse("");
    }

    private void awaitAcknowledged(String export) {
        awaitAcknowledged(imaging.streams().exports(), imaging.streams().exportGroup(), export);
    }

    private void awaitAcknowledged(String stream, String group, String entry) {
        await().until(() ->
                StreamEntries.wasDelivered(redis, stream, group, entry) && !isPending(stream, group, entry));
    }

    private boolean isPending(String stream, String group, String entry) {
        return !redis.xpending(stream, group, Range.create(entry, entry), Limit.from(1))
                .isEmpty();
    }
}
