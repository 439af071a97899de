package routes.imaging.event.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.imaging.EventJson;
import routes.imaging.event.FileNames;
import routes.imaging.event.ImagingEvent;
import routes.imaging.event.PendingEvent;
import routes.imaging.event.SystemShare;
import routes.platform.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StagingAreaTest {

    private static final FileTime LAST_YEAR = FileTime.from(Instant.parse("2023-02-01T00:00:00.123Z"));

    @TempDir
    Path folder;

    private final ImagingEvent event = EventJson.valid().event();
    private final MutableClock clock = new MutableClock("2024-02-01T10:00:00Z");
    private Path root;
    private Path source;
    private StagingArea area;

    @BeforeEach
    void makeSource() throws IOException {
        root = folder.resolve("staging");
        source = folder.resolve("prince/x");
        area = new StagingArea(root, clock);
        write("Img/a.tif", "aaaa");
        write("Img/b.tif", "b");
        write(".hidden", "h");
        Files.createDirectories(source.resolve("empty"));
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-01T09:30:00Z, 1706779800-5f0c1e",
        "2024-02-01T10:30:00.999+01:00, 1706779800-5f0c1e",
        "1969-12-31T23:59:59.5Z, -1-5f0c1e"
    })
    @DisplayName("S02 a copy is called after the second of its event and the start of its id")
    void name(String timestamp, String name) {
        assertThat(StagingArea.nameOf(
                        EventJson.valid().with("timestamp", timestamp).event()))
                .isEqualTo(name);
    }

    @Test
    @DisplayName("CI5 the copy has the bytes of the names, also where they are no text")
    void namesAsBytes() throws IOException {
        for (char c : new char[] {'\u00e9', '\u00ea'}) {
            Files.writeString(source.resolve(FileNames.change(Path.of("x"), text -> "lat" + c + ".tif")), "" + c);
        }

        Path copy = root.resolve(area.copy(event, source));

        for (char c : new char[] {'\u00e9', '\u00ea'}) {
            assertThat(copy.resolve(FileNames.change(Path.of("x"), text -> "lat" + c + ".tif")))
                    .hasContent("" + c);
        }
    }

    @Test
    @DisplayName("S02 the copy is complete: hidden files, empty folders, links inside, times")
    void completeCopy() throws IOException {
        Files.createSymbolicLink(source.resolve("link"), Path.of("Img/a.tif"));
        Files.createSymbolicLink(source.resolve("Img/up"), Path.of("../empty"));
        Files.createSymbolicLink(source.resolve("dangling"), Path.of("Img/not-there"));
        Files.setLastModifiedTime(source.resolve("Img/a.tif"), LAST_YEAR);
        Files.setLastModifiedTime(source.resolve("Img"), LAST_YEAR);
        Files.setLastModifiedTime(source, LAST_YEAR);

        String name = area.copy(event, source);

        Path copy = root.resolve(name);
        assertThat(name).isEqualTo("1706779800-5f0c1e");
        assertThat(tree(copy)).isEqualTo(tree(source)).hasSize(9);
        assertThat(copy.resolve("Img/a.tif")).hasContent("aaaa");
        assertThat(Files.readSymbolicLink(copy.resolve("link"))).isEqualTo(Path.of("Img/a.tif"));
        assertThat(Files.isSymbolicLink(copy.resolve("dangling"))).isTrue();
        assertThat(Files.getLastModifiedTime(copy.resolve("Img/a.tif"))).isEqualTo(LAST_YEAR);
        assertThat(Files.getLastModifiedTime(copy.resolve("Img"))).isEqualTo(LAST_YEAR);
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(LAST_YEAR);
        assertThat(children(root)).containsExactly(name);
    }

    @Test
    @DisplayName("S02 a single file is copied as a file")
    void singleFile() throws IOException {
        Files.setLastModifiedTime(source.resolve("Img/a.tif"), LAST_YEAR);

        Path copy = root.resolve(area.copy(event, source.resolve("Img/a.tif")));

        assertThat(copy).isRegularFile().hasContent("aaaa");
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(LAST_YEAR);
    }

    @Test
    @DisplayName("S02 a source that is a link is copied, not the link")
    void linkedSource() throws IOException {
        Path link = Files.createSymbolicLink(source.resolveSibling("link"), Path.of("x"));

        Path copy = root.resolve(area.copy(event, link));

        assertThat(Files.isDirectory(copy, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(tree(copy)).isEqualTo(tree(source));
    }

    @Test
    @DisplayName("S02 an absolute link within the images leads into the copy afterwards, not back to the source")
    void absoluteLinkInside() throws IOException {
        Files.createSymbolicLink(
                source.resolve("Img/absolute"), source.resolve("empty").toAbsolutePath());

        Path copy = root.resolve(area.copy(event, source));

        assertThat(copy.resolve("Img/absolute").toRealPath())
                .isEqualTo(copy.resolve("empty").toRealPath());
        assertThat(area.copy(event, source))
                .as("found equal again")
                .isEqualTo(copy.getFileName().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../../secret", "/etc/passwd", "../x2", "..", "Img/up/../../../secret", "Img/up/../../x2/y"})
    @DisplayName("I07 a link out of the images is refused, also through another link, and nothing is left behind")
    void linkOut(String target) throws IOException {
        Files.createDirectories(folder.resolve("secret"));
        Files.createDirectories(folder.resolve("prince/x2"));
        Files.createSymbolicLink(source.resolve("Img/up"), Path.of(".."));
        Files.createSymbolicLink(source.resolve("bad"), Path.of(target));

        assertThatThrownBy(() -> area.copy(event, source))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("leads out of the images");
        assertThat(children(root)).isEmpty();
    }

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPipeIsNeitherCopiedNorWaitedFor() throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", source.resolve("pipe").toString()).start();
        assertThat(mkfifo.waitFor()).isZero();

        Path copy = root.resolve(area.copy(event, source));

        assertThat(copy.resolve("pipe")).doesNotExist();
        assertThat(copy.resolve("Img/a.tif")).exists();
    }

    @Test
    @DisplayName("S03 an equal finished copy is taken as it is")
    void equalCopyIsReused() throws IOException {
        Path copy = root.resolve(area.copy(event, source));
        Object before =
                Files.readAttributes(copy.resolve("Img/a.tif"), "unix:ino").get("ino");

        area.copy(event, source);

        assertThat(Files.readAttributes(copy.resolve("Img/a.tif"), "unix:ino").get("ino"))
                .isEqualTo(before);
    }

    @Test
    @DisplayName("S03 a copy that lacks a file, or holds another, is made again")
    void unequalCopyIsReplaced() throws IOException {
        Path copy = root.resolve(area.copy(event, source));
        Files.delete(copy.resolve("Img/a.tif"));
        Files.createFile(copy.resolve("stranger"));

        area.copy(event, source);

        assertThat(tree(copy)).isEqualTo(tree(source));
        assertThat(children(root)).containsExactly("1706779800-5f0c1e");
    }

    @Test
    @DisplayName("S03 a file under the final name does not block")
    void fileUnderTheFinalName() throws IOException {
        Files.createDirectories(root);
        Files.createFile(root.resolve("1706779800-5f0c1e"));

        assertThat(tree(root.resolve(area.copy(event, source)))).isEqualTo(tree(source));
    }

    @Test
    @DisplayName("S03 what changes while it is copied is not staged")
    void sourceChangesMeanwhile() throws IOException {
        // The clock is asked after each copied file, so that it is the moment to change what was copied already
        StagingArea watched = new StagingArea(root, new MutableClock("2024-02-01T10:00:00Z") {
            @Override
            public Instant instant() {
                try {
                    Files.writeString(source.resolve("late.tif"), "late");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return super.instant();
            }
        });

        assertThatThrownBy(() -> watched.copy(event, source))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("changed while it was copied");
        assertThat(children(root)).isEmpty();
        assertThat(root.resolve(area.copy(event, source)).resolve("late.tif"))
                .as("next try")
                .exists();
    }

    @Test
    @DisplayName("S03 a staging folder that cannot be made is a failure for another try")
    void noRoomForStaging() throws IOException {
        Files.createFile(root);

        assertThatThrownBy(() -> area.copy(event, source))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(source.toString());
    }

    @Test
    @DisplayName("S03 a source that vanished is a failure for another try")
    void sourceVanished() {
        assertThatThrownBy(() -> area.copy(event, folder.resolve("prince/y"))).isInstanceOf(UncheckedIOException.class);
        assertThat(root).isEmptyDirectory();
    }

    @Test
    @DisplayName("S03 only unfinished copies older than an hour are removed at start")
    void leftovers() throws IOException {
        leftover(".tmp-old", Duration.ofMinutes(61));
        leftover(".tmp-young", Duration.ofMinutes(59));
        leftover("1706779800-5f0c1e", Duration.ofDays(300));
        Files.setLastModifiedTime(
                Files.createFile(root.resolve(".tmp-file")),
                FileTime.from(clock.instant().minusSeconds(3601)));

        area.removeAbandoned();

        assertThat(children(root)).containsExactlyInAnyOrder(".tmp-young", "1706779800-5f0c1e");
    }

    @Test
    @DisplayName("S03 a copy of old images does not look abandoned while it is made")
    void oldImagesBeingCopied() throws IOException {
        Files.setLastModifiedTime(source, LAST_YEAR);
        AtomicInteger starts = new AtomicInteger();
        MutableClock ticking = new MutableClock("2024-02-01T10:00:00Z") {
            @Override
            public Instant instant() {
                advance(Duration.ofMinutes(50));
                clock.advance(Duration.ofMinutes(50));
                area.removeAbandoned();
                starts.incrementAndGet();
                return super.instant();
            }
        };

        new StagingArea(root, ticking).copy(event, source);

        assertThat(starts.get()).as("other processes that start meanwhile").isGreaterThanOrEqualTo(3);
        assertThat(tree(root.resolve("1706779800-5f0c1e"))).isEqualTo(tree(source));
    }

    @Test
    void withoutAStagingFolderThereIsNothingToRemove() {
        area.removeAbandoned();

        assertThat(root).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../prince/x", "../..", "..", ".", "", "/etc", "a/../..", "a\u0000"})
    @DisplayName("P06 a staging path that leaves the staging folder is refused")
    void stagingPathOutside(String stagingPath) {
        assertThatThrownBy(() -> area.resolve(stagingPath)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void stagingPathInside() {
        assertThat(area.resolve("1706779800-5f0c1e")).isEqualTo(root.resolve("1706779800-5f0c1e"));
    }

    @Test
    void deletingFollowsNoLinks() throws IOException {
        Path kept = Files.createDirectories(folder.resolve("kept/x"));
        Files.createSymbolicLink(source.resolve("Img/kept"), kept.getParent());

        StagingArea.deleteTree(source);
        StagingArea.deleteTree(source);

        assertThat(source).doesNotExist();
        assertThat(kept).exists();
    }

    @Test
    @DisplayName("S01 only the systems that want it are staged")
    void systemsThatWantStaging() {
        Staging staging = new Staging(area, "prince"::equals);

        assertThat(staging.stage(pending("aretha")).stagingPath()).isEmpty();
        assertThat(root).doesNotExist();
        assertThat(staging.stage(pending("prince")).stagingPath()).hasValue("1706779800-5f0c1e");
        assertThat(root.resolve("1706779800-5f0c1e")).isDirectory();
    }

    private PendingEvent pending(String system) {
        return new PendingEvent(
                event,
                new SystemShare(system, folder.resolve(system)),
                folder.resolve("1.json"),
                source,
                2,
                Optional.empty(),
                Optional.empty());
    }

    private void leftover(String name, Duration age) throws IOException {
        Path leftover = Files.createDirectories(root.resolve(name));
        Files.createFile(leftover.resolve("a.tif"));
        Files.setLastModifiedTime(leftover, FileTime.from(clock.instant().minus(age)));
    }

    private void write(String name, String content) throws IOException {
        Files.createDirectories(source.resolve(name).getParent());
        Files.writeString(source.resolve(name), content);
    }

    private static List<String> tree(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            return paths.map(path -> tree.relativize(path).toString()).sorted().toList();
        }
    }

    private static List<String> children(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).toList();
        }
    }
}
