package routes.imaging.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

import routes.imaging.tar.SourceChangedException;
import routes.imaging.tar.TarDigest;
import routes.imaging.tar.TarLayout;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * One part of a tar as the body of a request. The SDK asks for a new stream at each of its attempts; each reads the
 * source files again and compares the CRC with the hashed bytes before it lets go of the last of them, so that a
 * request with other bytes never completes.
 */
final class PartBody implements ContentStreamProvider, AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final TarLayout layout;
    private final TarDigest digest;
    private final int part;
    private final List<InputStream> opened = new ArrayList<>();

    PartBody(TarLayout layout, TarDigest digest, int part) {
        this.layout = layout;
        this.digest = digest;
        this.part = part;
    }

    RequestBody asRequestBody() {
        return RequestBody.fromContentProvider(this, digest.partLength(part), ObjectStore.CONTENT_TYPE);
    }

    /**
     * The ones before stay open: depending on its version the SDK opens a second stream, to sign the payload, while it
     * still means to send the first.
     */
    @Override
    public InputStream newStream() {
        InputStream fresh = new CheckedStream();
        opened.add(fresh);
        return fresh;
    }

    @Override
    public void close() {
        for (InputStream stream : opened) {
            try {
                stream.close();
            } catch (IOException onlyRead) {
                throw new IllegalStateException("cannot close a file under " + layout.source(), onlyRead);
            }
        }
        opened.clear();
    }

    /** Buffered here and not by BufferedInputStream, whose mark would let the SDK keep a whole part in memory. */
    private final class CheckedStream extends InputStream {

        private final InputStream range = layout.openRange(digest.partOffset(part), digest.partLength(part));
        private final CRC32C crc = new CRC32C();
        private final byte[] buffer = new byte[(int) Math.min(BUFFER, digest.partLength(part))];
        private long left = digest.partLength(part);
        private int from;
        private int to;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (from == to && length >= buffer.length) {
                return fill(target, offset, length);
            }
            if (from == to) {
                from = 0;
                to = Math.max(0, fill(buffer, 0, buffer.length));
                if (to == 0) {
                    return -1;
                }
            }
            int count = Math.min(length, to - from);
            System.arraycopy(buffer, from, target, offset, count);
            from += count;
            return count;
        }

        private int fill(byte[] target, int offset, int length) throws IOException {
            int count = range.read(target, offset, (int) Math.min(length, Math.max(left, 1)));
            if (count > 0) {
                crc.update(target, offset, count);
                left -= count;
                if (left == 0) {
                    verify();
                }
            }
            return count;
        }

        private void verify() throws IOException {
            range.read();
            if ((int) crc.getValue() != digest.partCrc(part)) {
                throw new SourceChangedException(layout.source(), "was rewritten");
            }
        }

        @Override
        public void close() throws IOException {
            range.close();
        }
    }
}
