package routes.imaging.retention;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

import routes.imaging.store.ObjectStore;
import routes.imaging.store.StoredTar;
import routes.imaging.tar.GeneratedMetadata;
import routes.imaging.tar.TarDigest;
import routes.imaging.tar.TarLayout;
import routes.imaging.tar.TarMember;

/**
 * Deletes files that are proven to be in an object. The proof is the checksum of their tar, computed again and compared
 * with the recorded one: times prove nothing, since every copying program sets them. Files whose tar has another
 * checksum, say because a process died while it deleted them, may go when the object holds each of them byte for byte.
 *
 * <p>Deleted are exactly the files that were compared, unless they changed since, and then the folders that are empty.
 * What is kept is not read again until it changes.
 */
public final class ProvenDeletion {

    private static final int BUFFER = 1 << 20;

    /**
     * Waits after a failed look at an object: an outage of the store must not cause all files to be read in each run.
     */
    private static final Duration TRY_AGAIN_AFTER = Duration.ofHours(1);

    private final StoredTar storedTar;
    private final Clock clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    public ProvenDeletion(ObjectStore store, Clock clock) {
        this.storedTar = new StoredTar(store);
        this.clock = clock;
    }

    /** @param version of the files and of the recorded object */
    private record Kept(String version, String reason, Instant until) {}

    /**
     * @param path of the files that are due
     * @param metadata as their upload wrote it
     * @return what is not in the object and therefore kept; empty when all is deleted
     */
    Optional<String> delete(DueFiles due, Path path, GeneratedMetadata metadata) throws IOException {
        TarLayout layout = TarLayout.of(path, Optional.of(metadata));
        Optional<String> difference = difference(due, layout);
        if (difference.isPresent()) {
            return difference;
        }
        Optional<Path> leftOver = delete(layout);
        if (leftOver.isPresent()) {
            return Optional.of(leftOver.get() + " holds something that is not in the object; all the rest is deleted");
        }
        if (Files.isSymbolicLink(path)) {
            Files.deleteIfExists(path);
        }
        kept.remove(nameOf(due));
        return Optional.empty();
    }

    /**
     * The part of the comparison that needs no file to be read: the tar of these files would be longer than the
     * object.
     */
    static Optional<String> excess(DueFiles due, TarLayout layout) {
        return layout.length() <= due.size()
                ? Optional.empty()
                : Optional.of("the files make a tar of " + layout.length() + " bytes and its object has " + due.size()
                        + layout.changedLast()
                                .map(member -> "; changed last: " + member.name())
                                .orElse("")
                        + hint(due));
    }

    private static String hint(DueFiles due) {
        return "; caravan upload-again " + due.refId() + " uploads what is there now";
    }

    private static String nameOf(DueFiles due) {
        return due.kind().label() + ":" + due.imagingEventId();
    }

    private Optional<String> difference(DueFiles due, TarLayout layout) throws IOException {
        Optional<String> excess = excess(due, layout);
        if (excess.isPresent()) {
            return excess;
        }
        String version = layout.fingerprint() + due.sha256();
        Kept before = kept.get(nameOf(due));
        if (before != null
                && before.version().equals(version)
                && clock.instant().isBefore(before.until())) {
            return Optional.of(before.reason());
        }
        if (layout.length() == due.size() && sha256(layout).equals(due.sha256())) {
            return Optional.empty();
        }
        Optional<Kept> different = compare(due, layout, version);
        different.ifPresent(found -> kept.put(nameOf(due), found));
        return different.map(Kept::reason);
    }

    private Optional<Kept> compare(DueFiles due, TarLayout layout, String version) {
        try {
            return storedTar
                    .fileThatLacks(due.key().substring(due.key().indexOf('/') + 1), layout)
                    .map(file -> file + " is not in the object as it is here" + hint(due))
                    .map(reason -> new Kept(version, reason, Instant.MAX));
        } catch (IOException e) {
            String reason = "the files are not what was uploaded, and the object cannot be compared with them: "
                    + e.getMessage();
            return Optional.of(new Kept(version, reason, clock.instant().plus(TRY_AGAIN_AFTER)));
        }
    }

    /** Reads at half speed: half of the time the share is left to the microscope and the uploads. */
    private static String sha256(TarLayout layout) throws IOException {
        MessageDigest digest = TarDigest.digest("SHA-256");
        byte[] buffer = new byte[BUFFER];
        try (InputStream tar = layout.openRange(0, layout.length())) {
            long began = System.nanoTime();
            for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
                digest.update(buffer, 0, count);
                LockSupport.parkNanos(System.nanoTime() - began);
                began = System.nanoTime();
            }
        }
        return TarDigest.hex(digest);
    }

    /**
     * Contents are deleted before their folder, hence from the last member to the first.
     *
     * @return a folder that cannot go, since something that was not compared is in it
     */
    private static Optional<Path> delete(TarLayout layout) throws IOException {
        layout.verifyUnchanged();
        Set<Object> deleted = new HashSet<>();
        for (int i = layout.members().size() - 1; i >= 0; i--) {
            TarMember member = layout.members().get(i);
            if (member.kind() == TarMember.Kind.DIRECTORY) {
                Path folder = Objects.requireNonNull(member.path());
                try {
                    Files.deleteIfExists(folder);
                } catch (DirectoryNotEmptyException e) {
                    return Optional.of(folder);
                }
            } else if (member.path() != null) {
                deleteFile(member, member.path(), deleted);
            }
        }
        return Optional.empty();
    }

    private static void deleteFile(TarMember member, Path file, Set<Object> deleted) throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
            boolean lostOtherName = key != null && !deleted.add(key);
            TarLayout.verifyUnchanged(member, !lostOtherName);
            Files.deleteIfExists(file);
        } catch (NoSuchFileException e) {
            // Somebody else is deleting as well
        }
    }
}
