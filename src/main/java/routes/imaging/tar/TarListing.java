package routes.imaging.tar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import routes.imaging.event.FileNames;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/** Walks a source tree once and lists every member in the order of the tar. Used by one thread. */
public final class TarListing {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final boolean HAS_CHANGE_TIME =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
    private static final TarName ROOT = TarName.of(".");

    private final Path root;
    private final List<TarMember> members = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();
    private final Set<TarName> topLevel = new HashSet<>();

    private TarListing(Path root) {
        this.root = root;
    }

    public static TarListing of(Path source) throws IOException {
        TarListing listing;
        try {
            listing = new TarListing(source.toRealPath());
            if (Files.isDirectory(listing.root)) {
                listing.add(ROOT, listing.root);
            } else {
                TarName name = TarName.of(listing.root.getFileName());
                listing.topLevel.add(name);
                listing.add(name, listing.root);
            }
        } catch (NoSuchFileException | NotDirectoryException gone) {
            throw new SourceChangedException(FileNames.pathOf(gone.getFile()), "vanished");
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
        return listing;
    }

    /** The kind of member; empty for what a tar cannot hold: sockets, pipes and devices. */
    static Optional<TarMember.Kind> kind(BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            return Optional.of(TarMember.Kind.FILE);
        }
        if (attributes.isDirectory()) {
            return Optional.of(TarMember.Kind.DIRECTORY);
        }
        return attributes.isSymbolicLink() ? Optional.of(TarMember.Kind.LINK) : Optional.empty();
    }

    Path root() {
        return root;
    }

    List<TarMember> members() {
        return members;
    }

    List<String> skipped() {
        return skipped;
    }

    /**
     * Changes whenever a file is added, removed, renamed or written, whatever modification time is set afterwards.
     * Directories count by their names alone.
     */
    public String fingerprint() {
        return fingerprint(members);
    }

    public static String fingerprint(List<TarMember> members) {
        MessageDigest digest = TarDigest.digest("SHA-256");
        for (TarMember member : members) {
            boolean directory = member.kind() == TarMember.Kind.DIRECTORY;
            digest.update(member.name().bytes());
            digest.update(ByteBuffer.allocate(1 + 3 * Long.BYTES)
                    .put((byte) member.kind().ordinal())
                    .putLong(member.size())
                    .putLong(directory ? 0 : member.modifiedNanos())
                    .putLong(directory ? 0 : member.changedNanos())
                    .flip());
        }
        return TarDigest.hex(digest);
    }

    /** Whether the root directory has no entry of this name. */
    boolean lacks(TarName name) {
        return !topLevel.contains(name);
    }

    void append(TarMember member) {
        members.add(member);
    }

    private void add(TarName name, Path path) throws IOException {
        BasicFileAttributes attributes = attributes(path);
        Optional<TarMember.Kind> kind = kind(attributes);
        if (kind.isEmpty()) {
            skipped.add(name.toString());
            return;
        }
        switch (kind.get()) {
            case DIRECTORY -> addDirectory(name, path, attributes);
            case LINK -> addLink(name, path, attributes);
            case FILE, GENERATED -> members.add(member(name, TarMember.Kind.FILE, attributes.size(), path, attributes));
        }
    }

    private void addDirectory(TarName name, Path path, BasicFileAttributes attributes) throws IOException {
        TarMember directory = member(name, TarMember.Kind.DIRECTORY, 0, path, attributes);
        members.add(directory);
        for (Child child : children(path)) {
            if (name.equals(ROOT)) {
                topLevel.add(child.name);
            }
            add(name.child(child.name), child.path);
        }
        TarLayout.verifyUnchanged(directory);
    }

    private void addLink(TarName name, Path path, BasicFileAttributes attributes) throws IOException {
        Path target = Files.readSymbolicLink(path);
        if (leavesTree(path, target)) {
            throw new InvalidInputException(new FieldProblem(
                    List.of("img_dir"),
                    "symbolic_link",
                    "the symbolic link " + name + " leads out of the image directory; replace it by the file itself",
                    null));
        }
        members.add(new TarMember(
                name,
                TarMember.Kind.LINK,
                0,
                mode(attributes),
                modifiedNanos(attributes),
                changedNanos(path),
                path,
                null,
                TarName.of(target)));
    }

    /** Follows the link as far as it leads to something that exists; the rest can only be judged by its text. */
    private boolean leavesTree(Path link, Path target) throws IOException {
        Path wanted = link.resolveSibling(target);
        Path existing = wanted;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        Path reached =
                existing.toRealPath().resolve(existing.relativize(wanted)).normalize();
        return !reached.startsWith(root) || !existing.toRealPath().startsWith(root);
    }

    private static List<Child> children(Path directory) throws IOException {
        List<Child> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                children.add(new Child(TarName.of(entry.getFileName()), entry));
            }
        }
        children.sort(Comparator.comparing(Child::name));
        return children;
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return POSIX
                ? Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                : Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static TarMember member(
            TarName name, TarMember.Kind kind, long size, Path path, BasicFileAttributes attributes)
            throws IOException {
        return new TarMember(
                name, kind, size, mode(attributes), modifiedNanos(attributes), changedNanos(path), path, null, null);
    }

    static long changedNanos(Path path) throws IOException {
        return HAS_CHANGE_TIME
                ? ((FileTime) Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS))
                        .to(TimeUnit.NANOSECONDS)
                : 0;
    }

    private static long modifiedNanos(BasicFileAttributes attributes) {
        return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }

    /** Nine permission bits: the enumeration names them from the highest to the lowest. */
    private static int mode(BasicFileAttributes attributes) {
        if (!(attributes instanceof PosixFileAttributes posix)) {
            return attributes.isDirectory() ? 0755 : 0644;
        }
        int mode = 0;
        for (PosixFilePermission permission : posix.permissions()) {
            mode |= 0400 >> permission.ordinal();
        }
        return mode;
    }

    private record Child(TarName name, Path path) {}
}
