package routes.imaging.tar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.platform.InvalidInputException;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

public class TarLayoutTest {

    private static final Optional<GeneratedMetadata> NO_METADATA = Optional.empty();

    @TempDir
    Path tree;

    @Test
    @DisplayName("U02 members are ., ./Img, ./Img/… sorted and ./metadata.json; the system tar agrees")
    void membersInOrder() throws Exception {
        write("Img/b.tif", 700);
        write("Img/a.tif", 512);
        write("Img/B.tif", 0);
        write("Imf", 1);

        TarLayout layout = TarLayout.of(tree, Optional.of(metadata()));

        assertThat(names(layout))
                .containsExactly(
                        "./", "./Imf", "./Img/", "./Img/B.tif", "./Img/a.tif", "./Img/b.tif", "./metadata.json");
        assertThat(layout.length()).isEqualTo(10_240);
        assertThat(systemTar("-tf", bytes(layout))).isEqualTo(String.join("\n", names(layout)) + "\n");
    }

    @Test
    @DisplayName("U02 the system tar extracts what was packed: content, modes, times, links, empty folders")
    void systemTarExtracts(@TempDir Path target) throws Exception {
        Path image = write("Img/a.tif", 100_001);
        Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("rw-r-x--x"));
        Files.setLastModifiedTime(image, FileTime.from(Instant.parse("2024-02-01T09:30:00.75Z")));
        Files.createDirectories(tree.resolve("empty"));
        Files.createSymbolicLink(tree.resolve("latest"), Path.of("Img/a.tif"));
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("Img/not-yet"));

        extract(bytes(TarLayout.of(tree, NO_METADATA)), target);

        assertThat(target.resolve("Img/a.tif")).hasSameBinaryContentAs(image);
        assertThat(Files.getPosixFilePermissions(target.resolve("Img/a.tif")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-x--x"));
        assertThat(Files.getLastModifiedTime(target.resolve("Img/a.tif")).toInstant())
                .isEqualTo("2024-02-01T09:30:00Z");
        assertThat(target.resolve("empty")).isEmptyDirectory();
        assertThat(Files.readSymbolicLink(target.resolve("latest"))).hasToString("Img/a.tif");
        assertThat(Files.readSymbolicLink(target.resolve("dangling"))).hasToString("Img/not-yet");
    }

    @Test
    @DisplayName("U12 file names with spaces, non-ASCII letters and more than 100 characters survive")
    void hardNames(@TempDir Path target) throws Exception {
        String deep = ("Zeitreihe ".repeat(8) + "/").repeat(4);
        List<String> hard =
                List.of("a b.tif", "Größe µ.tif", "図.tif", "x".repeat(200), deep + "ä.tif", "-rf", "new\nline");
        for (String name : hard) {
            write(name, 1_000 + name.length());
        }
        Files.createSymbolicLink(tree.resolve("weit"), Path.of(deep + "ä.tif"));

        TarLayout layout = TarLayout.of(tree, NO_METADATA);
        extract(bytes(layout), target);

        for (String name : hard) {
            assertThat(target.resolve(name)).hasSameBinaryContentAs(tree.resolve(name));
        }
        assertThat(Files.readSymbolicLink(target.resolve("weit"))).isEqualTo(Path.of(deep + "ä.tif"));
        assertThat(names(layout)).contains("./Größe µ.tif", "./" + "x".repeat(200), "./" + deep + "ä.tif");
    }

    @Test
    @DisplayName("U12 a name that is not UTF-8 keeps its bytes")
    void latinOneName(@TempDir Path target) throws Exception {
        String script = "printf pixels > \"$(printf 'gr\\366sse.tif')\"";
        assertThat(run(tree, "sh", "-c", script).waitFor()).isZero();
        TarLayout layout = TarLayout.of(tree, NO_METADATA);
        assumeThat(layout.members()).as("a file system that takes any bytes").hasSize(2);

        extract(bytes(layout), target);

        Process cat = run(target, "sh", "-c", "cat \"$(printf 'gr\\366sse.tif')\"");
        assertThat(cat.getInputStream().readAllBytes()).asString().isEqualTo("pixels");
    }

    @Test
    void aNameThatFitsNoTarIsRefused() throws Exception {
        String script = "mkdir " + "d".repeat(99) + " && : > " + "d".repeat(99) + "/\"$(printf '\\366')\"";
        assertThat(run(tree, "sh", "-c", script).waitFor()).isZero();

        assertThatThrownBy(() -> TarLayout.of(tree, NO_METADATA))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    @DisplayName("a file over 8 GiB gets a PAX size, and its last bytes are where the layout says")
    void hugeFile() throws Exception {
        long size = (9L << 30) + 7;
        try (RandomAccessFile sparse =
                new RandomAccessFile(tree.resolve("huge.tif").toFile(), "rw")) {
            sparse.setLength(size);
            sparse.seek(size - 4);
            sparse.write("last".getBytes(UTF_8));
        }
        write("tail.tif", 10);

        TarLayout layout = TarLayout.of(tree, NO_METADATA);

        byte[] head = read(layout, 0, 4_096);
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(head))) {
            tar.getNextEntry();
            TarArchiveEntry huge = tar.getNextEntry();
            assertThat(huge.getName()).isEqualTo("./huge.tif");
            assertThat(huge.getSize()).isEqualTo(size);
        }
        long tailAt = layout.offset(2);
        byte[] lastBlock = read(layout, tailAt - 512, 512);
        assertThat(lastBlock).startsWith(0, 0, 0, 'l', 'a', 's', 't', 0);
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new ByteArrayInputStream(read(layout, tailAt, layout.length() - tailAt)))) {
            assertThat(tar.getNextEntry().getName()).isEqualTo("./tail.tif");
        }
    }

    @Property(tries = 60)
    void anySplitConcatenatesToTheWhole(
            @ForAll @LongRange(max = Long.MAX_VALUE) long seed, @ForAll @IntRange(min = 1, max = 30_000) int step)
            throws Exception {
        Random random = new Random(seed);
        Path source = Files.createTempDirectory("layout");
        try {
            for (int i = random.nextInt(6); i >= 0; i--) {
                Path file = source.resolve("d" + random.nextInt(3)).resolve("é".repeat(random.nextInt(70)) + i);
                Files.createDirectories(file.getParent());
                byte[] content = new byte[random.nextInt(3) * 512 + random.nextInt(3)];
                random.nextBytes(content);
                Files.write(file, content);
            }
            TarLayout layout = TarLayout.of(source, Optional.of(metadata()));
            byte[] whole = bytes(layout);

            byte[] joined = new byte[whole.length];
            for (int at = 0; at < joined.length; at += step) {
                int length = Math.min(step, joined.length - at);
                System.arraycopy(read(layout, at, length), 0, joined, at, length);
            }

            assertThat(whole).hasSize((int) layout.length());
            assertThat(joined).isEqualTo(whole);
            assertThat(names(layout)).last().isEqualTo("./metadata.json");
        } finally {
            org.springframework.util.FileSystemUtils.deleteRecursively(source);
        }
    }

    @Test
    @DisplayName("the same tree gives the same bytes wherever it lies")
    void reproducible(@TempDir Path copy) throws Exception {
        for (Path root : List.of(tree, copy)) {
            Files.write(root.resolve("a.tif"), new byte[] {1, 2, 3});
            Files.setLastModifiedTime(root.resolve("a.tif"), FileTime.fromMillis(1_700_000_000_000L));
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setLastModifiedTime(root, FileTime.fromMillis(1_700_000_000_000L));
        }

        assertThat(bytes(TarLayout.of(tree, Optional.of(metadata()))))
                .isEqualTo(bytes(TarLayout.of(copy, Optional.of(metadata()))));
    }

    @Test
    void anExistingMetadataFileStays() throws Exception {
        write("metadata.json", 30);

        TarLayout layout = TarLayout.of(tree, Optional.of(metadata()));

        assertThat(names(layout)).containsExactly("./", "./metadata.json");
        assertThat(layout.members().get(1).size()).isEqualTo(30);
    }

    @Test
    void aSingleFileIsOneMemberWithItsPlainName() throws Exception {
        Path video = write("run 1.mp4", 3_000);

        assertThat(names(TarLayout.of(video, NO_METADATA))).containsExactly("run 1.mp4");
        assertThat(names(TarLayout.of(video, Optional.of(metadata())))).containsExactly("run 1.mp4", "./metadata.json");
    }

    @Test
    @DisplayName("an empty directory gives a tar of 10,240 bytes")
    void emptyDirectory() throws Exception {
        TarLayout layout = TarLayout.of(tree, NO_METADATA);

        assertThat(names(layout)).containsExactly("./");
        assertThat(bytes(layout)).hasSize(10_240);
    }

    @Test
    @DisplayName("I07 symbolic links out of the tree are refused, however they get there")
    void linksOutOfTheTree(@TempDir Path elsewhere) throws Exception {
        write("Img/a.tif", 1);
        Files.createSymbolicLink(elsewhere.resolve("back"), tree);
        List<Path> leaving = List.of(
                Path.of("/etc/passwd"), Path.of("../.."), elsewhere, Path.of("Img/../../x"), Path.of("../../gone/x"));
        for (Path target : leaving) {
            Path link = Files.createSymbolicLink(tree.resolve("link"), target);
            assertThatThrownBy(() -> TarLayout.of(tree, NO_METADATA))
                    .as("link to %s", target)
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("./link");
            Files.delete(link);
        }
    }

    @Test
    void pipesAndSocketsAreLeftOut() throws Exception {
        write("a.tif", 1);
        assertThat(run(tree, "mkfifo", "pipe").waitFor()).isZero();

        TarLayout layout = TarLayout.of(tree, NO_METADATA);

        assertThat(names(layout)).containsExactly("./", "./a.tif");
        assertThat(layout.skipped()).containsExactly("./pipe");
    }

    @Test
    void aMissingSourceIsNamed() {
        assertThatThrownBy(() -> TarLayout.of(tree.resolve("gone"), NO_METADATA))
                .isInstanceOf(SourceChangedException.class)
                .hasMessageContaining("gone vanished");
    }

    @Test
    @DisplayName(
            "a file that grows, shrinks, is rewritten or vanishes after the listing fails the reading and is named")
    void changesAreNoticed() throws Exception {
        Path file = write("Img/a.tif", 5_000);
        List<Change> changes = List.of(
                new Change("grew", () -> Files.write(file, new byte[6_000])),
                new Change("shrank", () -> Files.write(file, new byte[10])),
                new Change("modified", () -> Files.setLastModifiedTime(file, FileTime.fromMillis(1))),
                new Change("vanished", () -> Files.delete(file)),
                new Change("something else", () -> Files.createDirectory(file)));
        for (Change change : changes) {
            Files.deleteIfExists(file);
            write("Img/a.tif", 5_000);
            TarLayout layout = TarLayout.of(tree, NO_METADATA);
            Files.deleteIfExists(change.what.equals("something else") ? file : tree.resolve("none"));
            change.action.run();
            assertThatThrownBy(() -> bytes(layout))
                    .isInstanceOf(SourceChangedException.class)
                    .hasMessageContaining("Img/a.tif")
                    .hasMessageContaining(change.what);
        }
    }

    @Test
    void aChangeWhileTheFileIsOpenIsNoticed() throws Exception {
        Path file = write("a.tif", 50_000);
        TarLayout layout = TarLayout.of(tree, NO_METADATA);
        try (InputStream tar = layout.openRange(0, layout.length())) {
            tar.readNBytes(20_000);
            Files.setLastModifiedTime(file, FileTime.fromMillis(1));

            assertThatThrownBy(tar::readAllBytes)
                    .isInstanceOf(SourceChangedException.class)
                    .hasMessageContaining("a.tif was modified");
        }
    }

    @Test
    void aNewFileIsNoticedByTheFinalCheck() throws Exception {
        write("Img/a.tif", 5);
        Files.setLastModifiedTime(tree.resolve("Img"), FileTime.fromMillis(1));
        TarLayout layout = TarLayout.of(tree, NO_METADATA);
        layout.verifyUnchanged();

        write("Img/late.tif", 5);

        assertThatThrownBy(layout::verifyUnchanged)
                .isInstanceOf(SourceChangedException.class)
                .hasMessageContaining("Img");
    }

    @Test
    @DisplayName("20,000 files: the layout is linear and any byte of it is found")
    void manyFiles() throws Exception {
        for (int i = 0; i < 20_000; i++) {
            Path file = tree.resolve(String.format("d%02d/%05d.tif", i % 20, i));
            if (i < 20) {
                Files.createDirectories(file.getParent());
            }
            Files.createFile(file);
        }

        TarLayout layout = TarLayout.of(tree, NO_METADATA);

        assertThat(layout.members()).hasSize(20_021);
        assertThat(layout.length()).isEqualTo(TarLayout.roundUp(20_021 * 512 + 1_024, 10_240));
        byte[] last = read(layout, layout.offset(20_020), 512);
        assertThat(new String(last, 0, 17, UTF_8)).isEqualTo("./d19/19999.tif\0\0");
    }

    private Path write(String name, int size) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return Files.write(file, content);
    }

    private static GeneratedMetadata metadata() {
        return new GeneratedMetadata(
                UUID.fromString("5f0c1e7a-91d2-4a53-8f0e-2f6f0b1f7a11"),
                "20240115_007",
                Instant.parse("2024-02-01T09:30:00Z"),
                "stitch",
                "prince",
                Map.of("camera", Map.of("gain", 1.5, "binning", 2)));
    }

    public static byte[] bytes(TarLayout layout) throws IOException {
        return read(layout, 0, layout.length());
    }

    private static byte[] read(TarLayout layout, long offset, long length) throws IOException {
        try (InputStream range = layout.openRange(offset, length)) {
            return range.readAllBytes();
        }
    }

    private static List<String> names(TarLayout layout) throws IOException {
        List<String> names = new ArrayList<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(layout.openRange(0, layout.length()), UTF_8.name())) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
                assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
                names.add(entry.getName());
            }
        }
        return names;
    }

    private void extract(byte[] tar, Path target) throws Exception {
        Path archive = Files.createTempFile("layout", ".tar");
        try {
            Files.write(archive, tar);
            Process process = run(target, "tar", "-xf", archive.toString());
            assertThat(process.getInputStream().readAllBytes()).asString(UTF_8).isEmpty();
            assertThat(process.waitFor()).isZero();
        } finally {
            Files.delete(archive);
        }
    }

    private String systemTar(String options, byte[] tar) throws Exception {
        Path archive = Files.createTempFile("layout", ".tar");
        try {
            Files.write(archive, tar);
            Process process = run(archive.getParent(), "tar", options, archive.toString());
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } finally {
            Files.delete(archive);
        }
    }

    private static Process run(Path directory, String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private record Change(String what, Action action) {}

    private interface Action {
        void run() throws IOException;
    }
}
