package routes.imaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UseType;
import net.jqwik.api.constraints.UseTypeMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.springframework.util.FileSystemUtils;
import routes.imaging.UploadedFolders.Recorded;
import routes.imaging.event.SystemShares;
import routes.imaging.event.inbox.StagingArea;
import routes.imaging.retention.DueFiles;
import routes.imaging.retention.Retention;
import routes.imaging.store.ObjectStore;
import routes.platform.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

/** Folders are uploaded, changed in every way, and due: what is deleted then is in an object, byte for byte. */
class RetentionPropertyTest {

    private static final FileTime IMAGED = FileTime.from(Instant.parse("2024-02-01T09:30:00Z"));
    private static final String DUE = "run/1";
    private static final List<String> NAMES =
            List.of("a.tif", "b.tif", "Img/a.tif", "Img/b.tif", "Img/deep/er/c.tif", "metadata.json", "Größe.tif");

    private static TestStore store;
    private static ObjectStore objects;

    @BeforeContainer
    static void startStore() throws Exception {
        store = new TestStore();
        objects = new ObjectStore(store.client(), TestStore.BUCKET);
    }

    @AfterContainer
    static void stopStore() throws Exception {
        store.close();
    }

    enum Kind {
        ADD,
        NEST,
        GROW,
        SHRINK,
        REPLACE,
        REWRITE_IN_SAME_LENGTH,
        RENAME,
        SWAP,
        TOUCH,
        CHANGE_MODE,
        LINK,
        HARD_LINK,
        BECOME_LINK,
        BECOME_FOLDER,
        EMPTY_FOLDER,
        DELETE
    }

    /** @param oldTime whether the time of the microscope is set afterwards, on all files and folders */
    record Change(Kind kind, int file, int content, boolean oldTime) {}

    /** Another event that names the folder, or one in or around it. */
    enum Other {
        NONE(""),
        SAME(DUE),
        DOTTED("./run/./1/"),
        DOUBLED("run//1"),
        THROUGH_OTHER("x/../run/1"),
        INSIDE(DUE + "/Img"),
        AROUND("run"),
        LINKED("link");

        private final String path;

        Other(String path) {
            this.path = path;
        }
    }

    @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
    @Label("CI1 CI2 CI3 CI7 whatever changes after the upload, what is deleted is in an object, byte for byte")
    void whatIsDeletedIsInTheObject(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 6) Integer> files,
            @ForAll @Size(max = 3) List<@UseType(UseTypeMode.CONSTRUCTORS) Change> changes,
            @ForAll Other other,
            @ForAll boolean otherIsUploaded,
            @ForAll boolean throughStaging,
            @ForAll boolean again)
            throws Exception {
        Path folder = Files.createTempDirectory("retention");
        try {
            Site site = new Site(folder, files, throughStaging);
            List<Recorded> uploaded = new ArrayList<>(List.of(site.upload(DUE)));
            Recorded beside = site.publish(other);
            if (other != Other.NONE && otherIsUploaded) {
                uploaded.add(site.uploads.upload(beside));
            }
            List<Map<String, Object>> unrecorded =
                    other == Other.NONE || otherIsUploaded ? List.of() : List.of(beside.unrecorded());
            for (Change change : changes) {
                site.apply(change);
            }

            site.removeAndCheck(uploaded, unrecorded, changes.isEmpty());
            if (again) {
                site.uploadAgainAndCheck(uploaded, unrecorded);
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    /** A share with one folder that is due. */
    private static final class Site {

        private final Path share;
        private final Path due;
        private final boolean throughStaging;
        private final StagingArea staging;
        private final UploadedFolders uploads;
        private final Retention retention;

        Site(Path folder, List<Integer> files, boolean throughStaging) throws IOException {
            this.share = Files.createDirectories(folder.resolve("prince"));
            this.due = share.resolve(DUE);
            this.throughStaging = throughStaging;
            Files.createDirectories(share.resolve("events"));
            Files.createDirectories(due.resolve("Img"));
            Files.createSymbolicLink(share.resolve("link"), Path.of(DUE));
            for (int file : files) {
                write(due.resolve(NAMES.get(file)), "content of " + file);
            }
            setOldTimes();
            MutableClock clock = new MutableClock("2024-02-01T18:00:00Z");
            SystemShares shares = new SystemShares(folder, List.of("prince"));
            staging = new StagingArea(shares.staging(), clock);
            uploads = new UploadedFolders(store, objects, shares, staging);
            retention = uploads.retention(shares, staging, List.of("prince"), clock);
        }

        Recorded upload(String path) throws Exception {
            String copy = throughStaging ? staging.copy(EventJson.valid().event(), share.resolve(path)) : null;
            return uploads.upload(uploads.publish("prince", path, copy));
        }

        Recorded publish(Other other) {
            return uploads.publish("prince", other.path, null);
        }

        /** What cannot be done, because of an earlier change, is not done. */
        void apply(Change change) throws IOException {
            List<Path> present = contents().keySet().stream().map(due::resolve).toList();
            Path file = present.isEmpty()
                    ? due.resolve("a.tif")
                    : present.get(Math.floorMod(change.file(), present.size()));
            Path second = present.isEmpty() ? file : present.get(Math.floorMod(change.file() + 1, present.size()));
            Path fresh = file.resolveSibling("new " + Math.floorMod(change.content(), 2) + ".tif");
            try {
                switch (change.kind()) {
                    case ADD -> write(fresh, "added " + Math.floorMod(change.content(), 3));
                    case NEST -> write(file.resolveSibling("new/er/x.tif"), "content of 1");
                    case GROW ->
                        Files.writeString(file, Files.readString(file) + "x".repeat(change.content() & 0x3fff));
                    case SHRINK ->
                        Files.writeString(file, Files.readString(file).substring(0, 3));
                    case REPLACE -> write(file, "replaced");
                    case REWRITE_IN_SAME_LENGTH ->
                        Files.writeString(file, Files.readString(file).toUpperCase());
                    case RENAME -> Files.move(file, fresh);
                    case SWAP -> swap(file, second);
                    case TOUCH -> Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
                    case CHANGE_MODE ->
                        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
                    case LINK -> Files.createSymbolicLink(fresh, second.getFileName());
                    case HARD_LINK -> Files.createLink(fresh, file);
                    case BECOME_LINK -> {
                        Files.delete(file);
                        Files.createSymbolicLink(file, Path.of("nowhere"));
                    }
                    case BECOME_FOLDER -> {
                        Files.delete(file);
                        write(file.resolve("x.tif"), "content of 1");
                    }
                    case EMPTY_FOLDER -> Files.createDirectories(fresh);
                    case DELETE -> Files.delete(file);
                }
            } catch (FileSystemException | StringIndexOutOfBoundsException e) {
                // An earlier change is in the way
            }
            if (change.oldTime()) {
                setOldTimes();
            }
        }

        void removeAndCheck(List<Recorded> uploaded, List<Map<String, Object>> unrecorded, boolean all)
                throws IOException {
            for (Recorded one : uploaded) {
                Map<String, String> before = contents();
                boolean gone = remove(one, unrecorded);
                before.keySet().removeAll(contents().keySet());

                Map<String, String> object = uploads.membersOf(one);
                Path source = share.resolve(one.event().source().localPath());
                Path real = Files.isSymbolicLink(share.resolve("link")) && source.endsWith("link") ? due : source;
                before.forEach((name, content) ->
                        assertThat(object).containsEntry("./" + real.relativize(due.resolve(name)), content));
                if (!unrecorded.isEmpty()) {
                    assertThat(before).isEmpty();
                    assertThat(gone).isFalse();
                } else if (all) {
                    assertThat(gone).isTrue();
                }
                assertThat(gone).isEqualTo(!Files.exists(source));
            }
        }

        /** What is kept for its own sake goes once an operator has uploaded it again, unless it lacks what was uploaded. */
        void uploadAgainAndCheck(List<Recorded> uploaded, List<Map<String, Object>> unrecorded) throws Exception {
            Recorded first = uploaded.get(0);
            if (!unrecorded.isEmpty() || !Files.exists(due)) {
                return;
            }
            Map<String, String> object = uploads.membersOf(first);
            Recorded again;
            try {
                again = uploads.uploadAgain(first);
            } catch (routes.platform.InvalidInputException e) {
                assertThat(uploads.membersOf(first)).isEqualTo(object);
                return;
            }
            Map<String, String> present = new TreeMap<>();
            contents().forEach((name, content) -> present.put("./" + name, content));
            assertThat(uploads.membersOf(again)).containsAllEntriesOf(present);
            assertThat(uploads.membersOf(again).keySet()).containsAll(filesIn(object));
            assertThat(remove(again, unrecorded)).isTrue();
        }

        private static List<String> filesIn(Map<String, String> object) {
            return object.keySet().stream().filter(name -> !name.endsWith("/")).toList();
        }

        private boolean remove(Recorded one, List<Map<String, Object>> unrecorded) {
            DueFiles files = retention.dueSource(one.due(one.event().source().localPath()));
            return retention.removeSource(files, List.of(one.row()), retention.unrecorded(unrecorded)) == null;
        }

        /** Content, or target of a link, by name. */
        private Map<String, String> contents() throws IOException {
            Map<String, String> contents = new TreeMap<>();
            if (Files.exists(due)) {
                try (Stream<Path> paths = Files.walk(due)) {
                    for (Path path : (Iterable<Path>) paths::iterator) {
                        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                            contents.put(due.relativize(path).toString(), contentOf(path));
                        }
                    }
                }
            }
            return contents;
        }

        private static String contentOf(Path path) throws IOException {
            return Files.isSymbolicLink(path)
                    ? Files.readSymbolicLink(path).toString()
                    : Checksums.sha256(Files.readAllBytes(path));
        }

        private static void swap(Path one, Path other) throws IOException {
            Path aside = one.resolveSibling("aside");
            Files.move(one, aside);
            if (!one.equals(other)) {
                Files.move(other, one);
            }
            Files.move(aside, other);
        }

        private static void write(Path file, String content) throws IOException {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content, StandardCharsets.UTF_8);
        }

        private void setOldTimes() throws IOException {
            if (!Files.exists(due)) {
                return;
            }
            try (Stream<Path> paths = Files.walk(due)) {
                for (Path path : (Iterable<Path>) paths::iterator) {
                    Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                            .setTimes(IMAGED, null, null);
                }
            }
        }
    }
}
