package routes.imaging.tar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The tar of a source directory or file, before a byte of it is written: which member starts at which offset, and
 * how long the whole is. Made from one listing; any range of the tar can then be read, any number of times and in
 * parallel, straight from the source files. No temporary file, nothing of the content in memory.
 *
 * <p>Members are {@code .}, then at each level ascending by the bytes of their names, a directory before its
 * content. The end is padded with zeros to whole records of 10,240 bytes.
 *
 * <p>Reading compares each file's size and times with the listing before and after, and fails with
 * {@link SourceChangedException} on any difference. The time of the last change is among them, since copying programs
 * set the modification time as they like. The inode is left out on purpose: some network shares give a file another
 * one after every reconnect.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class TarLayout {

    static final int BLOCK = 512;
    static final int RECORD = 10_240;

    private final Path source;
    private final List<TarMember> members;
    private final List<String> skipped;

    /** The offset of each member's header; one more element has the end of the last member. */
    private final long[] offsets;

    private TarLayout(Path source, List<TarMember> members, List<String> skipped) {
        this.source = source;
        this.members = List.copyOf(members);
        this.skipped = List.copyOf(skipped);
        this.offsets = new long[members.size() + 1];
        for (int i = 0; i < members.size(); i++) {
            TarMember member = members.get(i);
            offsets[i + 1] = offsets[i] + TarHeader.render(member).length + member.paddedSize();
        }
    }

    /**
     * Takes the listing.
     *
     * @param source directory or single file, a link is followed
     * @param metadata appended as last member {@code ./metadata.json} unless the tree has a member of that name
     * @throws SourceChangedException when the tree changes meanwhile, or does not exist
     * @throws routes.platform.InvalidInputException when a symbolic link leaves the tree, or a name fits no tar
     */
    public static TarLayout of(Path source, Optional<GeneratedMetadata> metadata) throws IOException {
        TarListing listing = TarListing.of(source);
        metadata.filter(absent -> listing.lacks(GeneratedMetadata.NAME))
                .map(GeneratedMetadata::toMember)
                .ifPresent(listing::append);
        return new TarLayout(listing.root(), listing.members(), listing.skipped());
    }

    public static long roundUp(long value, long unit) {
        return (value + unit - 1) / unit * unit;
    }

    /** Bytes of the whole tar. */
    public long length() {
        return roundUp(membersEnd() + 2 * BLOCK, RECORD);
    }

    public Path source() {
        return source;
    }

    public List<TarMember> members() {
        return members;
    }

    /** Sockets, pipes and devices: they have no content to keep and are left out; the caller says so in its log. */
    public List<String> skipped() {
        return skipped;
    }

    /** Offset of the header of member {@code index}; of the end of the last member for {@code index = size}. */
    long offset(int index) {
        return offsets[index];
    }

    long membersEnd() {
        return offsets[members.size()];
    }

    /** Index of the member that contains {@code position}; the number of members when it is beyond the last. */
    int memberAt(long position) {
        int found = Arrays.binarySearch(offsets, position);
        return found >= 0 ? found : -found - 2;
    }

    /**
     * A stream of {@code length} bytes of the tar from {@code offset} on. It throws {@link SourceChangedException}
     * as soon as a file differs from the listing.
     */
    public InputStream openRange(long offset, long length) {
        Objects.checkFromIndexSize(offset, length, length());
        return new TarRangeStream(this, offset, length);
    }

    /** See {@link TarListing#fingerprint()}. */
    public String fingerprint() {
        return TarListing.fingerprint(members);
    }

    /** The file or link that changed last; empty when there is none, or the file system does not know. */
    public Optional<TarMember> changedLast() {
        return members.stream()
                .filter(member -> member.kind() != TarMember.Kind.DIRECTORY && member.changedNanos() != 0)
                .max(Comparator.comparingLong(TarMember::changedNanos));
    }

    /** Compares every file and directory with the listing; finds what was added or removed since, too. */
    public void verifyUnchanged() throws IOException {
        for (TarMember member : members) {
            verifyUnchanged(member);
        }
    }

    public static void verifyUnchanged(TarMember member) throws IOException {
        verifyUnchanged(member, true);
    }

    /** @param withChangeTime false for a file that lost another name meanwhile, which changes its change time */
    public static void verifyUnchanged(TarMember member, boolean withChangeTime) throws IOException {
        Path path = member.path();
        if (path == null) {
            return;
        }
        BasicFileAttributes now;
        long changedNanos;
        try {
            changedNanos = TarListing.changedNanos(path);
            now = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException gone) {
            throw new SourceChangedException(path, "vanished");
        }
        if (TarListing.kind(now).filter(kind -> kind == member.kind()).isEmpty()) {
            throw new SourceChangedException(path, "became something else");
        }
        if (member.kind() == TarMember.Kind.FILE && now.size() != member.size()) {
            throw new SourceChangedException(
                    path,
                    (now.size() < member.size() ? "shrank" : "grew") + " from " + member.size() + " to " + now.size()
                            + " bytes");
        }
        if (now.lastModifiedTime().to(TimeUnit.NANOSECONDS) != member.modifiedNanos()
                || withChangeTime && member.kind() == TarMember.Kind.FILE && changedNanos != member.changedNanos()) {
            throw new SourceChangedException(path, "was modified");
        }
    }
}
