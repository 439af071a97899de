package routes.imaging.event.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.imaging.event.FileNames;
import routes.imaging.event.ImagingEvent;
import routes.imaging.event.RefId;

/**
 * Copies image sources from a share before their event is published, so that the share may be emptied or unmounted. A
 * copy appears under its final name only when it is complete and on disk: it is made under another name, compared
 * with the source, and renamed. Unfinished copies of a killed process are removed at the next start.
 */
public final class StagingArea {

    private static final Logger LOG = LoggerFactory.getLogger(StagingArea.class);
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final String UNFINISHED_PREFIX = ".tmp-";
    /** An unfinished copy of this age is no longer being written. */
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private final Path root;
    private final Clock clock;

    public StagingArea(Path root, Clock clock) {
        this.root = root;
        this.clock = clock;
    }

    /** {@code <unix seconds of the timestamp>-<first 6 hex digits of the id>}. */
    static String nameOf(ImagingEvent event) {
        return event.timestamp().toEpochSecond() + "-" + RefId.abbreviate(event.refId());
    }

    public Path resolve(String stagingPath) {
        Path resolved = root.resolve(stagingPath).normalize();
        if (!resolved.startsWith(root.normalize()) || resolved.equals(root.normalize())) {
            throw new IllegalArgumentException("staging_path '" + stagingPath + "' leaves the staging folder " + root);
        }
        return resolved;
    }

    /** Whether a path, with all its links followed, is inside the staging folder. */
    public boolean holds(Path real) throws IOException {
        return Files.exists(root) && real.startsWith(root.toRealPath());
    }

    /**
     * Copies a folder or a single file; an equal finished copy is reused. When the source is a symbolic link, its
     * target is copied.
     *
     * @return name of the copy in the staging folder
     * @throws UncheckedIOException when the disk is full, the source changes meanwhile, or a symbolic link in it
     *     leads out of it; nothing is left under the final name then
     */
    public String copy(ImagingEvent event, Path source) {
        Path target = root.resolve(nameOf(event));
        try {
            Files.createDirectories(root);
            Path tree = source.toRealPath();
            Map<Path, String> wanted = contents(tree);
            if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                    || !contents(target).equals(wanted)) {
                copyBeside(tree, target, wanted);
            }
            return nameOf(event);
        } catch (UncheckedIOException e) {
            throw failed(source, target, e.getCause());
        } catch (IOException e) {
            throw failed(source, target, e);
        }
    }

    private static UncheckedIOException failed(Path source, Path target, IOException cause) {
        return new UncheckedIOException(
                "Cannot copy " + FileNames.printable(source) + " to the staging folder as " + target + ": "
                        + FileNames.printable(cause.toString()),
                cause);
    }

    /**
     * Copies into a folder of its own, whose modification time shows that the copy is in progress, see {@link
     * #removeAbandoned}.
     */
    private void copyBeside(Path tree, Path target, Map<Path, String> wanted) throws IOException {
        Path workshop = Files.createDirectory(root.resolve(UNFINISHED_PREFIX + UUID.randomUUID()));
        Path unfinished = workshop.resolve("copy");
        try {
            copyTree(tree, unfinished, workshop);
            if (!contents(unfinished).equals(wanted) || !contents(tree).equals(wanted)) {
                throw new IOException(tree + " changed while it was copied; it is tried again");
            }
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                // Renamed first: an older copy that is half deleted must not be seen under the final name
                Files.move(target, workshop.resolve("replaced"), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            sync(root);
        } finally {
            deleteTree(workshop);
        }
    }

    private void copyTree(Path tree, Path target, Path workshop) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                Files.createDirectory(target.resolve(tree.relativize(dir)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = target.resolve(tree.relativize(file));
                if (attributes.isSymbolicLink()) {
                    refuseLinkOutside(file, tree);
                    Files.createSymbolicLink(copy, relativeDestination(file));
                    timesOf(copy).setTimes(attributes.lastModifiedTime(), null, null);
                } else if (attributes.isRegularFile()) {
                    Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
                    sync(copy);
                }
                Files.setLastModifiedTime(workshop, FileTime.from(clock.instant()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Path copy = target.resolve(tree.relativize(dir));
                copyMode(dir, copy);
                Files.setLastModifiedTime(copy, Files.getLastModifiedTime(dir));
                sync(copy);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /**
     * Keeps times and permissions, so that the tar of the copy equals the tar of the source, which retention
     * compares. The owner must be able to delete it.
     */
    private static void copyMode(Path dir, Path copy) throws IOException {
        if (POSIX) {
            Set<PosixFilePermission> mode = new HashSet<>(Files.getPosixFilePermissions(dir));
            mode.addAll(PosixFilePermissions.fromString("rwx------"));
            Files.setPosixFilePermissions(copy, mode);
        }
    }

    private static BasicFileAttributeView timesOf(Path link) {
        return Files.getFileAttributeView(link, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Follows the link as far as its target exists; the rest can only be judged by its text. */
    private static void refuseLinkOutside(Path link, Path tree) throws IOException {
        Path wanted = link.resolveSibling(Files.readSymbolicLink(link));
        Path existing = wanted;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        Path real = existing.toRealPath();
        Path reached = real.resolve(existing.relativize(wanted)).normalize();
        if (!real.startsWith(tree) || !reached.startsWith(tree)) {
            throw new IOException("The symbolic link " + link + " leads out of the images, to " + wanted
                    + "; remove it and the event is tried again");
        }
    }

    /** An absolute link becomes a relative one, so that it leads into the copy and not back to the source. */
    private static Path relativeDestination(Path link) throws IOException {
        Path destination = Files.readSymbolicLink(link);
        if (!destination.isAbsolute()) {
            return destination;
        }
        return link.getParent().relativize(Files.exists(link) ? link.toRealPath() : destination.normalize());
    }

    /**
     * Maps each relative path to kind, size and, for links, target: two trees with equal maps count as equal. Pipes,
     * sockets and devices are not images: they are neither copied nor compared.
     */
    private static Map<Path, String> contents(Path tree) throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                BasicFileAttributes attributes =
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (!attributes.isOther()) {
                    contents.put(tree.relativize(path), describe(path, attributes));
                }
            }
        }
        return contents;
    }

    private static String describe(Path path, BasicFileAttributes attributes) throws IOException {
        if (attributes.isDirectory()) {
            return "directory";
        }
        return attributes.isSymbolicLink()
                ? "link to " + FileNames.printable(relativeDestination(path))
                : "file of " + attributes.size() + " bytes, "
                        + attributes.lastModifiedTime().toMillis();
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Removes copies that a killed process left unfinished; what cannot be removed is tried at the next start. */
    void removeAbandoned() {
        if (!Files.isDirectory(root)) {
            return;
        }
        Instant before = clock.instant().minus(ABANDONED_AFTER);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(root, UNFINISHED_PREFIX + "*")) {
            for (Path child : children) {
                removeIfOlder(child, before);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("Cannot look for unfinished copies in {}: {}", root, e.toString());
        }
    }

    private static void removeIfOlder(Path unfinished, Instant before) {
        try {
            if (Files.getLastModifiedTime(unfinished, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(before)) {
                deleteTree(unfinished);
                LOG.info("Removed {}, a copy that was never finished", unfinished);
            }
        } catch (IOException e) {
            LOG.warn("Cannot remove the unfinished copy {}: {}", unfinished, e.toString());
        }
    }

    /**
     * Does nothing when there is nothing to delete, even when somebody else deletes at the same time. Links are
     * deleted, not followed.
     */
    public static void deleteTree(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                return continueIfGone(failure);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    continueIfGone(failure);
                }
                Files.deleteIfExists(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static FileVisitResult continueIfGone(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }
}
