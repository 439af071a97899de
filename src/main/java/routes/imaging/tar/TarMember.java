package routes.imaging.tar;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * One member of a {@link TarLayout}, as found when the listing was taken. Kept small, because a time step may have
 * a hundred thousand of them: the header bytes are rendered on demand by {@link TarHeader}.
 *
 * @param name member name as it stands in the tar, {@code ./Img/a.tif}; directories without the closing slash
 * @param kind what it is
 * @param size content bytes, 0 for directories and links
 * @param mode permission bits
 * @param modifiedNanos modification time in nanoseconds since 1970, which is in the tar, and which anybody can set
 * @param changedNanos time of the last change of content or attributes, which nobody can set; 0 where the file system
 *     has none
 * @param path where the content is read from; null for a generated member
 * @param generated the content of a generated member
 * @param linkTarget target of a symbolic link, as stored in the link
 */
public record TarMember(
        TarName name,
        Kind kind,
        long size,
        int mode,
        long modifiedNanos,
        long changedNanos,
        @Nullable Path path,
        byte @Nullable [] generated,
        @Nullable TarName linkTarget) {

    public enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        GENERATED
    }

    /** Content rounded up to whole 512-byte blocks. */
    long paddedSize() {
        return TarLayout.roundUp(size, TarLayout.BLOCK);
    }
}
