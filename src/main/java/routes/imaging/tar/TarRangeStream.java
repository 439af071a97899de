package routes.imaging.tar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** Reads a range of a {@link TarLayout}: headers rendered as they come, content from one open file at a time. */
final class TarRangeStream extends InputStream {

    private static final byte[] NO_HEADER = new byte[0];

    private final TarLayout layout;
    private final long end;
    private long position;

    private int index;
    private byte[] header = NO_HEADER;
    private @Nullable FileChannel file;

    TarRangeStream(TarLayout layout, long offset, long length) {
        this.layout = layout;
        this.position = offset;
        this.end = offset + length;
        this.index = -1;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (position >= end) {
            leaveMember();
            return -1;
        }
        enterMemberAt(position);
        int wanted = (int) Math.min(length, end - position);
        int count = index == layout.members().size()
                ? fillZeros(target, from, wanted)
                : readMember(layout.members().get(index), position - layout.offset(index), target, from, wanted);
        position += count;
        return count;
    }

    private int readMember(TarMember member, long at, byte[] target, int from, int wanted) throws IOException {
        if (at < header.length) {
            int count = (int) Math.min(wanted, header.length - at);
            System.arraycopy(header, (int) at, target, from, count);
            return count;
        }
        long inContent = at - header.length;
        if (inContent < member.size()) {
            int count = (int) Math.min(wanted, member.size() - inContent);
            return readContent(member, inContent, ByteBuffer.wrap(target, from, count));
        }
        return fillZeros(target, from, (int) Math.min(wanted, member.paddedSize() - inContent));
    }

    private int readContent(TarMember member, long at, ByteBuffer target) throws IOException {
        byte[] generated = member.generated();
        if (generated != null) {
            int count = target.remaining();
            target.put(generated, (int) at, count);
            return count;
        }
        Path path = Objects.requireNonNull(member.path());
        int count = open(member, path).read(target, at);
        if (count < 0) {
            throw new SourceChangedException(path, "shrank from " + member.size() + " to " + at + " bytes");
        }
        return count;
    }

    /** Also compared before opening: a pipe put in the place of the file would block the open forever. */
    private FileChannel open(TarMember member, Path path) throws IOException {
        FileChannel open = file;
        if (open != null) {
            return open;
        }
        TarLayout.verifyUnchanged(member);
        try {
            open = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException gone) {
            throw new SourceChangedException(path, "vanished");
        }
        file = open;
        return open;
    }

    private void enterMemberAt(long offset) throws IOException {
        boolean inside = index >= 0 && (index == layout.members().size() || offset < layout.offset(index + 1));
        if (inside) {
            return;
        }
        leaveMember();
        index = index < 0 ? layout.memberAt(offset) : index + 1;
        header = index < layout.members().size()
                ? TarHeader.render(layout.members().get(index))
                : NO_HEADER;
    }

    private void leaveMember() throws IOException {
        FileChannel open = file;
        if (open != null) {
            file = null;
            open.close();
            TarLayout.verifyUnchanged(layout.members().get(index));
        }
    }

    private static int fillZeros(byte[] target, int from, int count) {
        Arrays.fill(target, from, from + count, (byte) 0);
        return count;
    }

    @Override
    public void close() throws IOException {
        FileChannel open = file;
        if (open != null) {
            file = null;
            open.close();
        }
    }
}
