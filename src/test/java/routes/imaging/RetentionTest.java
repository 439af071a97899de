package routes.imaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.platform.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RetentionTest {

    private static final Instant PUBLISHED = Instant.parse("2024-02-01T10:00:00Z");
    private static final Instant UPLOADED = Instant.parse("2024-02-01T10:05:00Z");
    private static final FileTime IMAGED = FileTime.from(Instant.parse("2024-02-01T09:30:00Z"));

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock("2024-02-01T18:00:00Z");
    private Path share;
    private Path staging;
    private Retention retention;

    @BeforeEach
    void makeFolders() throws IOException {
        share = folder.resolve("prince");
        staging = folder.resolve("staging");
        Files.createDirectories(folder.resolve("aretha/events"));
        images(share.resolve("events"));
        images(share.resolve("a/b"));
        images(staging.resolve("1706779800-5f0c1e"));
        SystemShares shares = new SystemShares(folder, List.of("prince", "aretha"));
        retention = new Retention(
                shares,
                new StagingArea(shares.staging(), clock),
                Set.of("prince", "gone"),
                Duration.ofHours(8),
                Duration.ofHours(24),
                clock);
    }

    @Test
    @DisplayName("P01 what is due was published a lifespan ago")
    void due() {
        assertThat(retention.sourceCutoff()).isEqualTo(Map.of("before", OffsetDateTime.parse("2024-02-01T10:00:00Z")));
        assertThat(retention.stagingCutoff()).isEqualTo(Map.of("before", OffsetDateTime.parse("2024-01-31T18:00:00Z")));
    }

    @Test
    @DisplayName("P01 a due source goes, with everything in it, and its parents stay though they are empty")
    void sourceGoes() throws IOException {
        assertThat(retention.remove(source("prince", "a/b"))).isTrue();

        assertThat(share.resolve("a")).isEmptyDirectory();
        assertThat(share.resolve("events/1.tif")).exists();
    }

    @Test
    @DisplayName("P01 a source that is a single file goes alone")
    void singleFileGoes() {
        assertThat(retention.remove(source("prince", "a/b/1.tif"))).isTrue();

        assertThat(share.resolve("a/b/1.tif")).doesNotExist();
        assertThat(share.resolve("a/b/Img/2.tif")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.tif", "Img/2.tif", "Img", "."})
    @DisplayName("P01 what changed after its upload is not in the object and is kept")
    void changedAfterUpload(String changed) throws IOException {
        Files.setLastModifiedTime(share.resolve("a/b").resolve(changed), FileTime.from(UPLOADED.plusMillis(1)));

        assertThat(retention.remove(source("prince", "a/b"))).isFalse();
        assertThat(retention.reasonToKeep(source("prince", "a/b")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("changed after the upload"));
        assertThat(share.resolve("a/b/Img/2.tif")).exists();
    }

    @Test
    @DisplayName("P01 what changed up to its upload goes")
    void changedBeforeUpload() throws IOException {
        Files.setLastModifiedTime(share.resolve("a/b/1.tif"), FileTime.from(UPLOADED));

        assertThat(retention.remove(source("prince", "a/b"))).isTrue();
    }

    @Test
    @DisplayName("P03 sources of a system that is not to be deleted, or is not configured, are never touched")
    void otherSystems() throws IOException {
        images(folder.resolve("aretha/x"));
        images(folder.resolve("gone/events"));
        images(folder.resolve("gone/x"));

        assertThat(retention.remove(source("aretha", "x"))).isFalse();
        assertThat(retention.remove(source("gone", "x"))).isFalse();
        assertThat(retention.remove(source(null, "x"))).isFalse();

        assertThat(folder.resolve("aretha/x/1.tif")).exists();
        assertThat(folder.resolve("gone/x/1.tif")).exists();
        assertThat(retention.reasonToKeep(source("aretha", "x")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("delete-systems"));
        assertThat(retention.reasonToKeep(source("gone", "x")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("imaging.systems"));
    }

    @Test
    @DisplayName("P04 a due staging copy goes, of any system")
    void stagingGoes() {
        assertThat(retention.remove(staged("aretha", "1706779800-5f0c1e"))).isTrue();

        assertThat(staging).isEmptyDirectory();
        assertThat(retention.remove(staged(null, "1706779800-5f0c1e")))
                .as("gone already")
                .isTrue();
    }

    @Test
    @DisplayName("P05 what is gone already is done")
    void goneAlready() {
        assertThat(retention.remove(source("prince", "not-there"))).isTrue();
        assertThat(retention.remove(source("prince", "a/b/not/there"))).isTrue();
        assertThat(retention.remove(staged("prince", "not-there"))).isTrue();
    }

    @Test
    @DisplayName("P05 what is missing because its share is not mounted is not gone")
    void shareNotMounted() throws IOException {
        Path unmounted = Files.move(share, folder.resolve("unmounted"));
        assertThat(retention.remove(source("prince", "a/b"))).isFalse();
        Files.createDirectory(share);
        assertThat(retention.remove(source("prince", "a/b")))
                .as("empty mount point")
                .isFalse();

        Files.delete(share);
        Files.move(unmounted, share);
        assertThat(retention.remove(source("prince", "a/b"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../..",
                "../prince2",
                "/",
                "a/../..",
                "../aretha/x",
                "events",
                "events/1.tif",
                "a/../events",
                "events/..",
                "EVENTS",
                "x\u0000",
                "out",
                "out/x",
                "to-events",
                "self"
            })
    @DisplayName("P06 no path from the database leads to the system's folder, its events, or out of it")
    void hostileSourcePaths(String path) throws IOException {
        images(folder.resolve("aretha/x"));
        images(folder.resolve("prince2/x"));
        Files.createSymbolicLink(share.resolve("out"), folder.resolve("prince2"));
        Files.createSymbolicLink(share.resolve("to-events"), Path.of("events"));
        Files.createSymbolicLink(share.resolve("self"), Path.of("."));
        List<String> before = everything();

        assertThat(retention.remove(source("prince", path))).isFalse();
        assertThat(retention.remove(source("prince", share + "/a/b")))
                .as("absolute")
                .isFalse();
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../prince/a", "/", "x/../..", "x/../../prince", "x\u0000"})
    @DisplayName("P06 no staging path from the database leads out of the staging folder")
    void hostileStagingPaths(String path) throws IOException {
        List<String> before = everything();

        assertThat(retention.remove(staged("prince", path))).isFalse();
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    @DisplayName("P06 a link in a source goes, what it leads to stays")
    void linkInSource() throws IOException {
        images(folder.resolve("secret"));
        Path link = Files.createSymbolicLink(share.resolve("a/b/link"), folder.resolve("secret"));
        assertThat(new ProcessBuilder("touch", "-h", "-d", "2024-02-01T09:30:00Z", link.toString()).start())
                .satisfies(touch -> assertThat(touch.waitFor()).isZero());
        Files.setLastModifiedTime(share.resolve("a/b"), IMAGED);

        assertThat(retention.remove(source("prince", "a/b"))).isTrue();
        assertThat(folder.resolve("secret/1.tif")).exists();
    }

    @Test
    @DisplayName("P05 what cannot be looked at is kept with its reason; the run goes on")
    void outOfReach() throws IOException {
        Files.createSymbolicLink(share.resolve("parent"), Path.of("parent"));

        assertThat(retention.reasonToKeep(source("prince", "parent"))).isPresent();
        assertThat(retention.remove(source("prince", "parent"))).isFalse();
    }

    @Test
    @DisplayName("P06 the dry run says what would go and what is kept why, and deletes nothing")
    void dryRun() throws IOException {
        List<String> before = everything();

        List<Map<String, Object>> described = retention.describeAll(
                List.of(row("prince", "a/b"), row("aretha", "x")), List.of(row("prince", "1706779800-5f0c1e")));

        assertThat(described).hasSize(3);
        assertThat(described.get(0))
                .containsEntry("kind", "source")
                .containsEntry("system", "prince")
                .containsEntry("path", "a/b")
                .containsEntry("ref_id", EventJson.ID)
                .containsEntry("due_at", "2024-02-01T18:00:00Z")
                .doesNotContainKey("reason");
        assertThat(described.get(1)).containsKey("reason");
        assertThat(described.get(2))
                .containsEntry("kind", "staging")
                .containsEntry("due_at", "2024-02-02T10:00:00Z")
                .doesNotContainKey("reason");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    @DisplayName("P02 what is overdue without an upload is reported")
    void overdue() {
        assertThat(retention.warnOfOverdue(List.of())).isEmpty();
        assertThat(retention.warnOfOverdue(List.of(row(null, "a/b"))))
                .singleElement()
                .satisfies(item -> assertThat(item)
                        .containsEntry("reason", "not uploaded yet")
                        .containsEntry("ref_id", EventJson.ID)
                        .containsEntry("due_at", "2024-02-01T18:00:00Z"));
    }

    @Test
    void momentsOfBothDatabases() {
        assertThat(SqlTimes.instantOf(PUBLISHED.atOffset(ZoneOffset.ofHours(3))))
                .isEqualTo(PUBLISHED);
        assertThat(SqlTimes.instantOf(Timestamp.from(PUBLISHED))).isEqualTo(PUBLISHED);
        assertThatThrownBy(() -> SqlTimes.instantOf("2024-02-01")).isInstanceOf(IllegalArgumentException.class);
    }

    private DueFiles source(String system, String path) {
        return retention.dueSource(row(system, path));
    }

    private DueFiles staged(String system, String path) {
        return retention.dueStaging(row(system, path));
    }

    private static Map<String, Object> row(String system, String path) {
        Map<String, Object> row = new HashMap<>();
        row.put("imaging_event_id", EventJson.ID);
        row.put("ref_id", EventJson.ID);
        row.put("system", system);
        row.put("path", path);
        row.put("uploaded_from", UPLOADED.atOffset(ZoneOffset.UTC));
        row.put("appended_at", Timestamp.from(PUBLISHED));
        return row;
    }

    private static void images(Path source) throws IOException {
        Files.createDirectories(source.resolve("Img"));
        for (String name : List.of("1.tif", "Img/2.tif")) {
            Files.setLastModifiedTime(Files.createFile(source.resolve(name)), IMAGED);
        }
        Files.setLastModifiedTime(source.resolve("Img"), IMAGED);
        Files.setLastModifiedTime(source, IMAGED);
    }

    private List<String> everything() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.map(Path::toString).sorted().toList();
        }
    }
}
