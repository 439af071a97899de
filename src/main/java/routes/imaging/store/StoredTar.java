package routes.imaging.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import routes.imaging.tar.TarHeader;
import routes.imaging.tar.TarLayout;
import routes.imaging.tar.TarMember;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Compares files with the members of an object, for which the object is read once from beginning to end. */
public final class StoredTar {

    private static final int BUFFER = 64 * 1024;

    private final ObjectStore store;

    public StoredTar(ObjectStore store) {
        this.store = store;
    }

    /**
     * The files of a layout that are not in the object, byte for byte under the same name; empty when all of them
     * are. Directories and generated members are not compared: nothing is lost with them.
     */
    public Optional<String> fileThatLacks(String key, TarLayout layout) throws IOException {
        Map<String, TarMember> left = membersByName(layout);
        left.values().removeIf(member -> member.path() == null);
        if (left.isEmpty()) {
            return Optional.empty();
        }
        walk(key, (entry, content) -> {
            TarMember member = left.get(entry.getName());
            if (member != null && holds(entry, content, member)) {
                left.remove(entry.getName());
            }
            return !left.isEmpty();
        });
        return left.values().stream()
                .map(member -> member.name().toString())
                .sorted()
                .findFirst();
    }

    /** The members of the object that are not in the layout; empty when nothing would be lost. */
    Optional<String> memberThatLacks(TarLayout layout, String key) throws IOException {
        Map<String, TarMember> present = membersByName(layout);
        String[] lost = new String[1];
        walk(key, (entry, content) -> {
            if (!entry.isDirectory() && !present.containsKey(entry.getName())) {
                lost[0] = entry.getName();
            }
            return lost[0] == null;
        });
        return Optional.ofNullable(lost[0]);
    }

    private interface Visitor {

        /** @return whether to go on */
        boolean visit(TarArchiveEntry entry, InputStream content) throws IOException;
    }

    private void walk(String key, Visitor visitor) throws IOException {
        ResponseInputStream<?> object = store.open(key);
        try (TarArchiveInputStream tar = read(object)) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null && visitor.visit(entry, tar)) {
                entry = tar.getNextEntry();
            }
        } catch (SdkException failure) {
            throw new UploadFailedException(
                    "cannot read " + store.bucket() + "/" + key + ": " + failure.getMessage(), failure);
        } finally {
            object.abort();
        }
    }

    /** Both sides are read in the same way, so that equal names are equal in any encoding. */
    private static TarArchiveInputStream read(InputStream bytes) {
        return new TarArchiveInputStream(bytes, ISO_8859_1.name());
    }

    private static Map<String, TarMember> membersByName(TarLayout layout) throws IOException {
        Map<String, TarMember> members = new HashMap<>();
        for (TarMember member : layout.members()) {
            if (member.kind() != TarMember.Kind.DIRECTORY
                    && members.put(entryOf(member).getName(), member) != null) {
                throw new IOException(
                        layout.source() + " has two files whose names differ only in their encoding, " + member.name());
            }
        }
        return members;
    }

    private static TarArchiveEntry entryOf(TarMember member) throws IOException {
        try (TarArchiveInputStream header = read(new ByteArrayInputStream(TarHeader.render(member)))) {
            return Objects.requireNonNull(header.getNextEntry());
        }
    }

    private static boolean holds(TarArchiveEntry entry, InputStream content, TarMember member) throws IOException {
        return member.kind() == TarMember.Kind.LINK
                ? entry.isSymbolicLink()
                        && entry.getLinkName().equals(entryOf(member).getLinkName())
                : entry.isFile() && entry.getSize() == member.size() && haveSameBytes(content, member);
    }

    private static boolean haveSameBytes(InputStream content, TarMember member) throws IOException {
        try (InputStream file =
                Files.newInputStream(Objects.requireNonNull(member.path()), LinkOption.NOFOLLOW_LINKS)) {
            byte[] ours = new byte[BUFFER];
            byte[] theirs = new byte[BUFFER];
            int count;
            do {
                count = file.readNBytes(ours, 0, BUFFER);
                int stored = content.readNBytes(theirs, 0, BUFFER);
                if (!Arrays.equals(ours, 0, count, theirs, 0, stored)) {
                    return false;
                }
            } while (count == BUFFER);
            return true;
        }
    }
}
