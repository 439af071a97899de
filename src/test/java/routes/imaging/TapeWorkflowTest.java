package routes.imaging;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

class TapeWorkflowTest extends ImagingWorkflow {

    private static final LocalDate DAY = LocalDate.of(2024, 2, 1);
    private static final Instant TIMESTAMP = Instant.parse("2024-02-01T09:30:00Z");
    private static final String DEAD = "state-manager.dead";

    @Autowired
    private ConnectionFactory jms;

    private RecordedRows rows;
    private FakeTapeTool.Publisher publisher;

    @BeforeEach
    void publisher() {
        rows = new RecordedRows(sql);
        publisher = FakeTapeTool.over(jms);
    }

    @Test
    @DisplayName("O07 A10 an event file becomes an object, the tape tool takes it, and the API says archived")
    void endToEnd() throws Exception {
        SampleEvent event = drop(SampleEvent.ofPrince().with("timestamp", "2023-05-05T09:30:00Z"));
        assertThat(awaitExported(event.refId()).path("state").asText()).isEqualTo("exported");

        new FakeTapeTool(s3, imaging.bucket(), publisher).archive("images", LocalDate.of(2023, 5, 5));

        JsonNode archived = awaitArchived(event.refId());
        JsonNode archive = archived.path("archives").path(0);
        assertThat(archive.path("path").asText())
                .isEqualTo("images/" + event.fields().get("experiment_id") + "/2023-05-05.tar");
        assertThat(archive.path("member_key").asText()).isEqualTo("093000.tar");
        JsonNode members = parse(get(archive.path("url").asText()).body()).path("members");
        assertThat(members).hasSize(1);
        assertThat(members.path(0).path("checksum"))
                .isEqualTo(archived.path("export").path("checksum"));
    }

    @Test
    @DisplayName("D07 D09 two archives make two entries with their members; the same again makes none")
    void twoArchives() throws Exception {
        String one = path();
        String other = path();
        Map<String, List<String>> archives = Map.of(
                one, List.of("raw-data/images/e/20240201/093000.tar", "raw-data/images/e/20240201/094000.tar"),
                other, List.of("raw-data/images/f/20240201/093000.tar"));

        publisher.publish(FakeTapeTool.notification(DAY, archives));
        await().until(() -> members(one).size() + members(other).size() == 3);
        String more = path();
        publisher.publish(FakeTapeTool.notification(
                DAY, Map.of(one, archives.get(one), other, archives.get(other), more, archives.get(one))));
        await().until(() -> members(more).size() == 2);

        assertThat(members(one)).containsExactly("093000.tar", "094000.tar");
        assertThat(members(other)).containsExactly("093000.tar");
    }

    @Test
    @DisplayName("D08 an archive of an unknown object is kept, and linked when the upload is recorded")
    void linkedLater() throws Exception {
        UUID refId = UUID.randomUUID();
        String key = "raw-data/images/late-" + refId + "/20240201/093000.tar";
        String path = path();
        publisher.publish(FakeTapeTool.notification(DAY, Map.of(path, List.of(key))));
        await().until(() -> members(path).size() == 1);
        rows.event(refId, "late", TIMESTAMP);
        assertThat(event(refId).path("state").asText()).isEqualTo("imported");

        StreamEntries.append(
                redis, imaging.streams().exports(), StreamEntries.export(refId, key, "ab".repeat(32), 10_240));

        assertThat(awaitArchived(refId).path("archives").path(0).path("path").asText())
                .isEqualTo(path);
    }

    @Test
    @DisplayName("D09 an archive that cannot be recorded holds up none beside it, leaves no half, and is tried again")
    void oneBadArchive() throws Exception {
        String first = "a-" + path();
        String bad = "b-" + path();
        String last = "c-" + path();
        String refused = "refused-" + UUID.randomUUID() + ".tar";
        List<String> good = List.of("raw-data/images/e/20240201/093000.tar");
        sql.sql("alter table data_archive_members add constraint refused_by_test check (member_key <> '" + refused
                        + "')")
                .update();
        try {
            publisher.publish(FakeTapeTool.notification(
                    DAY,
                    new TreeMap<>(Map.of(
                            first,
                            good,
                            bad,
                            List.of(good.get(0), "raw-data/images/e/20240201/" + refused),
                            last,
                            good))));
            await().until(() -> members(first).size() == 1 && members(last).size() == 1);
            assertThat(sql.sql("select count(*) from data_archive_entries where path = ?")
                            .param(bad)
                            .query(Long.class)
                            .single())
                    .isZero();
        } finally {
            sql.sql("alter table data_archive_members drop constraint refused_by_test")
                    .update();
        }

        await().until(() -> members(bad).size() == 2);
        assertThat(members(first)).hasSize(1);
        assertThat(dead(bad)).as("notifications that gave up").isZero();
    }

    @Test
    @DisplayName(
            "D09 an id of another tar is a conflict for the operator: nothing is moved, the tars beside it are recorded")
    void idOfAnotherTar() throws Exception {
        UUID id = UUID.randomUUID();
        String known = path();
        List<String> key = List.of("raw-data/images/e/20240201/093000.tar");
        publisher.publish(notification(Map.of(known, id), key));
        await().until(() -> members(known).size() == 1);
        String conflicting = "a-" + path();
        String beside = "b-" + path();

        publisher.publish(notification(new TreeMap<>(Map.of(conflicting, id, beside, UUID.randomUUID())), key));

        await().until(() -> dead(conflicting) == 1);
        assertThat(members(beside)).hasSize(1);
        assertThat(members(conflicting)).isEmpty();
        assertThat(members(known)).hasSize(1);

        // The path decides: a known one keeps its id, and gets what it lacks.
        publisher.publish(
                notification(Map.of(known, UUID.randomUUID()), List.of("raw-data/images/e/20240201/094000.tar")));
        await().until(() -> members(known).size() == 2);
    }

    private byte[] notification(Map<String, UUID> idsByPath, List<String> srcKeys) throws Exception {
        List<Map<String, Object>> archives = idsByPath.entrySet().stream()
                .map(archive ->
                        Map.<String, Object>of("id", archive.getValue(), "path", archive.getKey(), "src_keys", srcKeys))
                .toList();
        return json.writeValueAsBytes(
                Map.of("job_id", UUID.randomUUID(), "date", DAY.toString(), "archives", archives));
    }

    @Test
    @DisplayName("D10 a notification that comes while nobody listens is recorded when somebody does again")
    void nobodyListens() throws Exception {
        String path = path();
        camel.getRouteController().stopRoute("imaging-receive-tape-notification");
        try {
            publisher.publish(
                    FakeTapeTool.notification(DAY, Map.of(path, List.of("raw-data/images/e/20240201/093000.tar"))));
        } finally {
            camel.getRouteController().startRoute("imaging-receive-tape-notification");
        }

        await().until(() -> members(path).size() == 1);
    }

    @Test
    @DisplayName(
            "D11 a plain date, a given id and keys without bucket are accepted; what is no notification is set aside")
    void shapes() throws Exception {
        String marker = UUID.randomUUID().toString();
        String path = path();
        UUID id = UUID.randomUUID();

        publisher.publish(("{no notification " + marker).getBytes(StandardCharsets.UTF_8));
        publisher.publish(
                """
                {"job_id": "%s", "date": "2024-02-01",
                 "archives": [{"id": "%s", "path": "%s", "src_keys": ["images/e/20240201/093000.tar"]}]}
                """
                        .formatted(UUID.randomUUID(), id, path)
                        .getBytes(StandardCharsets.UTF_8));

        await().until(() -> members(path).size() == 1);
        assertThat(sql.sql("select id from data_archive_entries where path = ?")
                        .param(path)
                        .query(UUID.class)
                        .single())
                .isEqualTo(id);
        await().until(() -> dead(marker) == 1);
    }

    private static String path() {
        return "images/tape-" + UUID.randomUUID() + "/2024-02-01.tar";
    }

    private JsonNode awaitArchived(UUID refId) {
        return await().until(
                        () -> event(refId),
                        event -> event.path("state").asText().equals("archived"));
    }

    private List<String> members(String path) {
        return sql.sql("select m.member_key from data_archive_members m join data_archive_entries a"
                        + " on a.id = m.data_archive_entry_id where a.path = ? order by m.member_key")
                .param(path)
                .query(String.class)
                .list();
    }

    /** Dead notifications with this text; they stay where they are. */
    private long dead(String text) throws Exception {
        try (JMSContext session = jms.createContext()) {
            long found = 0;
            var messages = session.createBrowser(session.createQueue(DEAD)).getEnumeration();
            while (messages.hasMoreElements()) {
                Message message = (Message) messages.nextElement();
                if (bodyOf(message).contains(text)) {
                    found++;
                }
            }
            return found;
        }
    }

    private static String bodyOf(Message message) throws Exception {
        return message.isBodyAssignableTo(byte[].class)
                ? new String(message.getBody(byte[].class), StandardCharsets.UTF_8)
                : message.getBody(String.class);
    }
}
