package routes.imaging.retention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.imaging.EventJson;
import routes.imaging.HookedHttpClient;
import routes.imaging.TestStore;
import routes.imaging.UploadedFolders;
import routes.imaging.UploadedFolders.Recorded;
import routes.imaging.event.ImagingEvent;
import routes.imaging.event.SystemShares;
import routes.imaging.event.inbox.StagingArea;
import routes.imaging.store.ObjectStore;
import routes.platform.MutableClock;
import routes.platform.sql.SqlTimes;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RetentionTest {

    private static final Instant PUBLISHED = UploadedFolders.PUBLISHED;
    private static final FileTime IMAGED = FileTime.from(Instant.parse("2024-02-01T09:30:00Z"));

    private static TestStore store;
    private static ObjectStore objects;

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock("2024-02-01T18:00:00Z");
    private Path share;
    private Path staging;
    private SystemShares shares;
    private StagingArea area;
    private UploadedFolders uploads;
    private Retention retention;

    @BeforeAll
    static void startStore() throws Exception {
        store = new TestStore();
        objects = new ObjectStore(store.client(), TestStore.BUCKET);
    }

    @AfterAll
    static void stopStore() throws Exception {
        store.close();
    }

    @BeforeEach
    void makeFolders() throws IOException {
        share = folder.resolve("prince");
        staging = folder.resolve("staging");
        Files.createDirectories(folder.resolve("aretha/events"));
        images(share.resolve("events"));
        images(share.resolve("a/b"));
        images(staging.resolve("1706779800-5f0c1e"));
        shares = new SystemShares(folder, List.of("prince", "aretha"));
        area = new StagingArea(shares.staging(), clock);
        uploads = new UploadedFolders(store, objects, shares, area);
        retention = uploads.retention(shares, area, List.of("prince", "gone"), clock);
    }

    @Test
    @DisplayName("P01 what is due was published a lifespan ago")
    void due() {
        assertThat(retention.sourceCutoff()).isEqualTo(Map.of("before", OffsetDateTime.parse("2024-02-01T10:00:00Z")));
        assertThat(retention.stagingCutoff()).isEqualTo(Map.of("before", OffsetDateTime.parse("2024-01-31T18:00:00Z")));
    }

    @Test
    @DisplayName("P01 a due source goes, with everything in it, and its parents stay though they are empty")
    void sourceGoes() throws Exception {
        assertThat(remove(uploaded("a/b"))).isNull();

        assertThat(share.resolve("a")).isEmptyDirectory();
        assertThat(share.resolve("events/1.tif")).exists();
    }

    @Test
    @DisplayName("P01 a source that is a single file goes alone")
    void singleFileGoes() throws Exception {
        assertThat(remove(uploaded("a/b/1.tif"))).isNull();

        assertThat(share.resolve("a/b/1.tif")).doesNotExist();
        assertThat(share.resolve("a/b/Img/2.tif")).exists();
    }

    @Test
    @DisplayName("P01 a source that a link leads to goes, and the link with it")
    void linkedSourceGoes() throws Exception {
        Path link = Files.createSymbolicLink(share.resolve("link"), Path.of("a/b"));

        assertThat(remove(uploaded("link"))).isNull();

        assertThat(share.resolve("a/b")).doesNotExist();
        assertThat(link).doesNotExist();
    }

    @Test
    @DisplayName("CI1 what was only touched, or has other permissions, is in the object and goes")
    void touched() throws Exception {
        Recorded uploaded = uploaded("a/b");
        Files.setLastModifiedTime(share.resolve("a/b/1.tif"), FileTime.from(PUBLISHED));
        Files.setPosixFilePermissions(share.resolve("a/b/Img"), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(remove(uploaded)).isNull();
        assertThat(share.resolve("a")).isEmptyDirectory();
    }

    @Test
    @DisplayName("CI1 names of one file go together")
    void hardLinks() throws Exception {
        for (int i = 3; i < 6; i++) {
            Files.createLink(share.resolve("a/b/Img/" + i + ".tif"), share.resolve("a/b/1.tif"));
        }

        assertThat(remove(uploaded("a/b"))).isNull();
        assertThat(share.resolve("a")).isEmptyDirectory();
    }

    @Test
    @DisplayName("CI1 a deletion that was killed half way is finished, and what came since is kept")
    void halfDeleted() throws Exception {
        Recorded uploaded = uploaded("a/b");
        Files.delete(share.resolve("a/b/Img/2.tif"));
        Files.delete(share.resolve("a/b/Img"));
        Path late = image(share.resolve("a/b/late.tif"), "late");

        assertThat(remove(uploaded))
                .contains("late.tif")
                .contains(uploaded.event().refId().toString());
        assertThat(late).hasContent("late");

        Files.delete(late);
        assertThat(remove(uploaded)).isNull();
        assertThat(share.resolve("a")).isEmptyDirectory();
    }

    @Test
    @DisplayName("CI1 a file that comes between the check and the deletion stays, and nothing else does")
    void comesMeanwhile() throws Exception {
        Recorded uploaded = uploaded("a/b");
        Files.delete(share.resolve("a/b/Img/2.tif"));
        Path late = share.resolve("a/b/late/3.tif");
        try (SdkHttpClient http = new HookedHttpClient(store.connection().openHttp(), operation -> {
                    image(late, "late");
                    return 0;
                });
                S3Client s3 = store.connection().open(http)) {
            retention =
                    uploads.retention(shares, area, List.of("prince"), clock, new ObjectStore(s3, TestStore.BUCKET));

            assertThat(remove(uploaded)).isNotNull();
        }
        assertThat(late).hasContent("late");
    }

    @Test
    @DisplayName(
            "CI1 what is kept is not read again until it changes; a store that cannot be asked is asked an hour later")
    void notReadAgain() throws Exception {
        Recorded uploaded = uploaded("a/b");
        image(share.resolve("a/b/1.tif"), "2.tif");
        HookedHttpClient http = new HookedHttpClient(
                store.connection().openHttp(),
                operation -> clock.instant().isBefore(PUBLISHED.plusSeconds(8 * 3600 + 1)) ? 403 : 0);
        try (S3Client s3 = store.connection().open(http)) {
            retention =
                    uploads.retention(shares, area, List.of("prince"), clock, new ObjectStore(s3, TestStore.BUCKET));

            assertThat(remove(uploaded)).contains("cannot be compared");
            assertThat(remove(uploaded)).contains("cannot be compared");
            assertThat(http.operations()).containsExactly("GET");
            clock.advance(Duration.ofHours(1));
            assertThat(remove(uploaded)).contains("1.tif is not in the object");
            clock.advance(Duration.ofDays(9));
            assertThat(remove(uploaded)).contains("1.tif is not in the object");
            assertThat(http.operations()).containsExactly("GET", "GET");
            image(share.resolve("a/b/1.tif"), "1.tif");
            assertThat(remove(uploaded)).isNull();
        }
    }

    @Test
    @DisplayName(
            "CI1 a source that differs from its upload stays while its object is lost, and goes when it is uploaded again")
    void objectLost() throws Exception {
        Recorded uploaded = uploaded("a/b");
        image(share.resolve("a/b/1.tif"), "2.tif");
        uploads.lose(uploaded);

        assertThat(remove(uploaded)).contains("cannot be compared");
        assertThat(remove(uploads.uploadAgain(uploaded))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a/b",
                "a/b/Img",
                "./a/b/",
                "a//b",
                "x/../a/b",
                "link",
                "link/Img",
                "a/b/Img/2.tif",
                "../prince/a/b"
            })
    @DisplayName("CI7 a folder stays while the images of an event that is not uploaded are in or around it")
    void notUploadedBeside(String path) throws Exception {
        Recorded uploaded = uploaded("a/b");
        Files.createSymbolicLink(share.resolve("link"), Path.of("a/b"));
        List<Map<String, Object>> others = List.of(Map.of("system", "prince", "path", path));

        assertThat(retention.removeSource(due(uploaded), List.of(uploaded.row()), retention.unrecorded(others)))
                .contains("not uploaded yet");
        assertThat(retention.describeAll(List.of(uploaded.due("a/b")), List.of(), others))
                .singleElement()
                .satisfies(item -> assertThat(item.get("reason")).asString().contains("not uploaded yet"));
        assertThat(share.resolve("a/b/Img/2.tif")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/bc", "a/b.", "b", "a/b/../c", "../aretha/a/b", "/", "x\u0000"})
    @DisplayName("CI7 events elsewhere hold nothing back")
    void notUploadedElsewhere(String path) throws Exception {
        Recorded uploaded = uploaded("a/b");
        images(share.resolve("a/bc"));
        List<Map<String, Object>> others =
                List.of(Map.of("system", "prince", "path", path), Map.of("system", "gone", "path", "a/b"));

        assertThat(retention.removeSource(due(uploaded), List.of(uploaded.row()), retention.unrecorded(others)))
                .isNull();
    }

    @Test
    @DisplayName("P03 sources of a system that is not to be deleted, or is not configured, are never touched")
    void otherSystems() throws Exception {
        images(folder.resolve("aretha/x"));
        images(folder.resolve("gone/events"));
        images(folder.resolve("gone/x"));

        for (String system : List.of("aretha", "gone", "")) {
            Recorded uploaded = new Recorded(
                    uploads.publish(system, "x", null).event(),
                    uploads.publish(system, "x", null).row(),
                    uploaded("a/b").export());
            assertThat(remove(uploaded, "x")).isNotNull();
            assertThat(retention.covers(retention.dueSource(uploaded.due("x")))).isEqualTo(system.equals("gone"));
        }
        assertThat(folder.resolve("aretha/x/1.tif")).exists();
        assertThat(folder.resolve("gone/x/1.tif")).exists();
        assertThat(reason("aretha", "x")).contains("delete-systems");
        assertThat(reason("gone", "x")).contains("imaging.systems");
        assertThat(reason(null, "x")).contains("delete-systems");
    }

    @Test
    @DisplayName("P04 a due staging copy goes, of any system")
    void stagingGoes() throws Exception {
        Recorded uploaded = uploads.upload(uploads.publish("aretha", "x", "1706779800-5f0c1e"));
        DueFiles due = retention.dueStaging(uploaded.due("1706779800-5f0c1e"));

        assertThat(retention.removeStaging(due, List.of(uploaded.row()))).isNull();

        assertThat(staging).isEmptyDirectory();
        assertThat(retention.removeStaging(due, List.of(uploaded.row())))
                .as("gone already")
                .isNull();
    }

    @Test
    @DisplayName("CI1 a source whose upload came from its staging copy is the same tar, with its folders and links")
    void sourceOfStagedGoes() throws Exception {
        Files.createSymbolicLink(share.resolve("a/b/latest"), Path.of("Img/2.tif"));
        Files.setPosixFilePermissions(share.resolve("a/b/Img"), PosixFilePermissions.fromString("rwxrwxr-x"));
        ImagingEvent event = EventJson.valid().event();
        String copy = area.copy(event, share.resolve("a/b"));
        Recorded uploaded = uploads.upload(uploads.publish("prince", "a/b", copy));
        uploads.lose(uploaded);

        assertThat(remove(uploaded)).as("proven by the checksum alone").isNull();
        assertThat(share.resolve("a")).isEmptyDirectory();
        assertThat(retention.removeStaging(retention.dueStaging(uploaded.due(copy)), List.of(uploaded.row())))
                .isNull();
        assertThat(staging).isEmptyDirectory();
    }

    @Test
    @DisplayName("P05 what is gone already is done")
    void goneAlready() throws Exception {
        Recorded uploaded = uploaded("a/b");
        assertThat(remove(uploaded, "not-there")).isNull();
        assertThat(remove(uploaded, "a/b/not/there")).isNull();
        assertThat(retention.removeStaging(retention.dueStaging(uploaded.due("not-there")), List.of(uploaded.row())))
                .isNull();
    }

    @Test
    @DisplayName("P05 what is missing because its share is not mounted is not gone")
    void shareNotMounted() throws Exception {
        Recorded uploaded = uploaded("a/b");
        Path unmounted = Files.move(share, folder.resolve("unmounted"));
        assertThat(remove(uploaded)).isNotNull();
        Files.createDirectory(share);
        assertThat(remove(uploaded)).as("empty mount point").isNotNull();

        Files.delete(share);
        Files.move(unmounted, share);
        assertThat(remove(uploaded)).isNull();
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
    void hostileSourcePaths(String path) throws Exception {
        images(folder.resolve("aretha/x"));
        images(folder.resolve("prince2/x"));
        Files.createSymbolicLink(share.resolve("out"), folder.resolve("prince2"));
        Files.createSymbolicLink(share.resolve("to-events"), Path.of("events"));
        Files.createSymbolicLink(share.resolve("self"), Path.of("."));
        // Even if the object held all of it
        Recorded uploaded = uploaded("a/b");
        List<String> before = everything();

        assertThat(remove(uploaded, path)).isNotNull();
        assertThat(remove(uploaded, share + "/a/b")).as("absolute").isNotNull();
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../prince/a", "/", "x/../..", "x/../../prince", "x\u0000"})
    @DisplayName("P06 no staging path from the database leads out of the staging folder")
    void hostileStagingPaths(String path) throws Exception {
        Recorded uploaded = uploaded("a/b");
        List<String> before = everything();

        assertThat(retention.removeStaging(retention.dueStaging(uploaded.due(path)), List.of(uploaded.row())))
                .isNotNull();
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    @DisplayName("P06 a link in a source goes, what it leads to stays; a link out of it came later, so all is kept")
    void linkInSource() throws Exception {
        Files.createSymbolicLink(share.resolve("a/b/inside"), Path.of("Img"));
        Recorded uploaded = uploaded("a/b");
        images(folder.resolve("secret"));
        Path out = Files.createSymbolicLink(share.resolve("a/b/out"), folder.resolve("secret"));

        assertThat(remove(uploaded)).contains("out");
        assertThat(share.resolve("a/b/Img/2.tif")).exists();

        Files.delete(out);
        assertThat(remove(uploaded)).isNull();
        assertThat(folder.resolve("secret/1.tif")).exists();
    }

    @Test
    @DisplayName("P05 what cannot be looked at is kept with its reason; the run goes on")
    void outOfReach() throws Exception {
        Files.createSymbolicLink(share.resolve("parent"), Path.of("parent/x"));
        Files.createDirectories(share.resolve("b"));
        Process pipe = new ProcessBuilder("mkfifo", share.resolve("b/pipe").toString()).start();
        assertThat(pipe.waitFor()).isZero();

        assertThat(remove(uploaded("b"))).contains("not in the object");
        assertThat(share.resolve("b/pipe")).exists();
    }

    @Test
    @DisplayName("P06 the dry run says what would go and what is kept why, and deletes nothing")
    void dryRun() throws Exception {
        Recorded uploaded = uploaded("a/b");
        Recorded grown = uploaded("a");
        image(share.resolve("a/big.tif"), "x".repeat(20_000));
        Map<String, Object> ofAretha = new HashMap<>(uploaded.due("x"));
        ofAretha.put("system", "aretha");
        Map<String, Object> keptBefore = new HashMap<>(uploaded.due("a/b"));
        keptBefore.put("kept_because", "a reason");
        List<String> before = everything();

        List<Map<String, Object>> described = retention.describeAll(
                List.of(uploaded.due("a/b"), ofAretha, grown.due("a"), keptBefore),
                List.of(uploaded.due("1706779800-5f0c1e")),
                List.of());

        assertThat(described).hasSize(5);
        assertThat(described.get(0))
                .containsEntry("kind", "source")
                .containsEntry("system", "prince")
                .containsEntry("path", "a/b")
                .containsEntry("ref_id", uploaded.event().refId().toString())
                .containsEntry("due_at", "2024-02-01T18:00:00Z")
                .doesNotContainKey("reason");
        assertThat(described.get(1)).containsKey("reason");
        assertThat(described.get(2).get("reason")).asString().contains("big.tif");
        assertThat(described.get(3)).containsEntry("reason", "a reason");
        assertThat(described.get(4))
                .containsEntry("kind", "staging")
                .containsEntry("due_at", "2024-02-02T10:00:00Z")
                .doesNotContainKey("reason");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    @DisplayName("P02 what is overdue without an upload is reported")
    void overdue() {
        Map<String, Object> row = new HashMap<>();
        row.put("ref_id", EventJson.ID);
        row.put("system", null);
        row.put("path", "a/b");
        row.put("appended_at", Timestamp.from(PUBLISHED));
        assertThat(retention.warnOfOverdue(List.of())).isEmpty();
        assertThat(retention.warnOfOverdue(List.of(row))).singleElement().satisfies(item -> assertThat(item)
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

    private Recorded uploaded(String path) throws Exception {
        return uploads.upload(uploads.publish("prince", path, null));
    }

    private DueFiles due(Recorded uploaded) {
        return retention.dueSource(uploaded.due(uploaded.event().source().localPath()));
    }

    private @Nullable String remove(Recorded uploaded) {
        return remove(uploaded, uploaded.event().source().localPath());
    }

    /** With a path of the database that is not that of the event. */
    private @Nullable String remove(Recorded uploaded, String path) {
        return retention.removeSource(
                retention.dueSource(uploaded.due(path)), List.of(uploaded.row()), UnrecordedSources.NONE);
    }

    private String reason(@Nullable String system, String path) throws Exception {
        Map<String, Object> due = uploaded("a/b").due(path);
        due.put("system", system);
        return (String)
                retention.describeAll(List.of(due), List.of(), List.of()).get(0).get("reason");
    }

    private static void images(Path source) throws IOException {
        image(source.resolve("1.tif"), "1.tif");
        image(source.resolve("Img/2.tif"), "2.tif");
        Files.setLastModifiedTime(source.resolve("Img"), IMAGED);
        Files.setLastModifiedTime(source, IMAGED);
    }

    /** As a copying program leaves it: with the time of the original. */
    private static Path image(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return Files.setLastModifiedTime(file, IMAGED);
    }

    private List<String> everything() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.map(Path::toString).sorted().toList();
        }
    }
}
