package routes.imaging.tar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;
import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The header blocks of one member: a plain ustar block, preceded by a PAX header where ustar cannot say it (a name
 * over 100 bytes or beyond ASCII, a file over 8 GiB, a time outside 1970 to 2242). Owner is 0/0 without names and
 * times are whole seconds, so equal trees give equal bytes wherever they lie.
 *
 * <p>A name that is not UTF-8 cannot stand in a PAX header. It is stored as its raw bytes in the ustar block, as GNU
 * tar does, which holds 100 of them; a longer one is refused.
 */
public final class TarHeader {

    private static final int USTAR_NAME = TarConstants.NAMELEN;

    private TarHeader() {}

    public static byte[] render(TarMember member) {
        boolean directory = member.kind() == TarMember.Kind.DIRECTORY;
        TarName target = member.linkTarget();
        Charset charset = charset(member.name(), target);
        String name = text(member.name(), charset) + (directory ? "/" : "");
        TarArchiveEntry entry = new TarArchiveEntry(name, typeFlag(member.kind()));
        entry.setSize(member.size());
        entry.setMode(member.mode());
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setModTime(FileTime.from(Math.floorDiv(member.modifiedNanos(), 1_000_000_000L), TimeUnit.SECONDS));
        if (target != null) {
            entry.setLinkName(text(target, charset));
        }
        return render(entry, charset);
    }

    /** Only the header is written, so the stream is never finished: it would complain of the missing content. */
    @SuppressWarnings("resource")
    private static byte[] render(TarArchiveEntry entry, Charset charset) {
        ByteArrayOutputStream header = new ByteArrayOutputStream(TarLayout.BLOCK);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(header, TarLayout.BLOCK, charset.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(charset.equals(UTF_8));
        try {
            tar.putArchiveEntry(entry);
            tar.flush();
        } catch (IOException impossibleInMemory) {
            throw new UncheckedIOException(impossibleInMemory);
        }
        return header.toByteArray();
    }

    private static Charset charset(TarName name, @Nullable TarName target) {
        boolean utf8 =
                name.text().isPresent() && (target == null || target.text().isPresent());
        if (utf8) {
            return UTF_8;
        }
        if (name.bytes().length >= USTAR_NAME || (target != null && target.bytes().length >= USTAR_NAME)) {
            throw new InvalidInputException(new FieldProblem(
                    List.of("img_dir"),
                    "file_name",
                    "the name '" + name + "' is not UTF-8 and longer than a tar can hold then; rename the file",
                    null));
        }
        return ISO_8859_1;
    }

    private static String text(TarName name, Charset charset) {
        return new String(name.bytes(), charset);
    }

    private static byte typeFlag(TarMember.Kind kind) {
        return switch (kind) {
            case DIRECTORY -> TarConstants.LF_DIR;
            case LINK -> TarConstants.LF_SYMLINK;
            case FILE, GENERATED -> TarConstants.LF_NORMAL;
        };
    }
}
