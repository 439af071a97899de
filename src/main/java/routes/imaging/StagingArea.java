package routes.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies image sources off a share before their event is published, so that the share may be emptied or unmounted.
 * A copy appears under its final name only when it is complete and on disk: it is made beside it, compared with the
 * source, and renamed. What a killed process left half made is removed at the next start.
 */
final class StagingArea {

    private static final Logger LOG = LoggerFactory.getLogger(StagingArea.class);
    private static final String UNFINISHED_PREFIX = ".tmp-";
    /** A copy this old has no living copier. */
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private final Path root;
    private final Clock clock;

    StagingArea(Path root, Clock clock) {
        this.root = root;
        this.clock = clock;
    }

    /** {@code <unix seconds of the timestamp>-<first 6 hex digits of the id>}. */
    static String nameOf(ImagingEvent event) {
        return event.timestamp().toEpochSecond() + "-" + RefId.abbreviate(event.refId());
    }

    Path resolve(String stagingPath) {
        Path resolved = root.resolve(stagingPath).normalize();
        if (!resolved.startsWith(root.normalize()) || resolved.equals(root.normalize())) {
            throw new IllegalArgumentException("staging_path '" + stagingPath + "' leaves the staging folder " + root);
        }
        return resolved;
    }

    /**
     * Copies a folder or a single file; an equal finished copy is taken as it is.
     *
     * @return name of the copy in the staging folder
     * @throws UncheckedIOException when the disk is full, the source changes meanwhile, or a symbolic link in it
     *     leads out of it; nothing is left under the final name then
     */
    String copy(ImagingEvent event, Path source) {
        Path target = root.resolve(nameOf(event));
        try {
            Files.createDirectories(root);
            Map<String, String> wanted = contents(source);
            if (Files.exists(target) && contents(target).equals(wanted)) {
                return nameOf(event);
            }
            copyBeside(source, target, wanted);
            return nameOf(event);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy " + source + " to the staging folder as " + target, e);
        }
    }

    private void copyBeside(Path source, Path target, Map<String, String> wanted) throws IOException {
        Path unfinished = root.resolve(UNFINISHED_PREFIX + UUID.randomUUID());
        try {
            copyTree(source, unfinished);
            if (!contents(unfinished).equals(wanted) || !contents(source).equals(wanted)) {
                throw new IOException(source + " changed while it was copied; it is tried again");
            }
            deleteTree(target);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            sync(root);
        } finally {
            deleteTree(unfinished);
        }
    }

    private static void copyTree(Path source, Path target) throws IOException {
        Path realSource = source.toRealPath();
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                Files.createDirectory(target.resolve(source.relativize(dir).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path copy = target.resolve(source.relativize(file).toString());
                if (attributes.isSymbolicLink()) {
                    refuseLinkOutside(file, realSource);
                }
                Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
                if (!attributes.isSymbolicLink()) {
                    sync(copy);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Path copy = target.resolve(source.relativize(dir).toString());
                Files.setLastModifiedTime(copy, Files.getLastModifiedTime(dir));
                sync(copy);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void refuseLinkOutside(Path link, Path realSource) throws IOException {
        Path destination = Files.readSymbolicLink(link);
        Path resolved = link.getParent().toRealPath().resolve(destination).normalize();
        if (!resolved.startsWith(realSource)) {
            throw new IOException("The symbolic link " + link + " leads out of the images, to " + destination
                    + "; remove it and the event is tried again");
        }
    }

    /** Relative path to kind, size and, for links, destination: what makes two trees equal here. */
    private static Map<String, String> contents(Path tree) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                BasicFileAttributes attributes =
                        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                contents.put(tree.relativize(path).toString(), describe(path, attributes));
            }
        }
        return contents;
    }

    private static String describe(Path path, BasicFileAttributes attributes) throws IOException {
        if (attributes.isDirectory()) {
            return "directory";
        }
        return attributes.isSymbolicLink()
                ? "link to " + Files.readSymbolicLink(path)
                : "file of " + attributes.size() + " bytes, "
                        + attributes.lastModifiedTime().toMillis();
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Removes copies that a killed process left unfinished. */
    void removeAbandoned() {
        Instant before = clock.instant().minus(ABANDONED_AFTER);
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> children = Files.list(root)) {
            for (Path child : (Iterable<Path>) children::iterator) {
                if (child.getFileName().toString().startsWith(UNFINISHED_PREFIX)
                        && Files.getLastModifiedTime(child).toInstant().isBefore(before)) {
                    deleteTree(child);
                    LOG.info("Removed {}, a copy that was never finished", child);
                }
            }
        } catch (IOException e) {
            LOG.warn("Cannot remove unfinished copies in {}: {}", root, e.toString());
        }
    }

    /** Nothing to delete is fine, also when somebody else deletes at the same time. */
    static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        }
    }
}
