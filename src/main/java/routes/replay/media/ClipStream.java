package routes.replay.media;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.platform.media.EncodedFrame;
import routes.platform.media.clip.ClipFormat;
import routes.platform.media.clip.ClipSummary;
import routes.platform.media.clip.ClipWriter;
import routes.platform.rest.StreamedAnswer;

/**
 * A clip that is made while it is read, so that only what is being read is in memory. A failure in the middle fails the
 * reading, so that whoever reads knows that the clip is not complete.
 */
final class ClipStream extends InputStream implements StreamedAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(ClipStream.class);

    private final String name;
    private final String disposition;
    private final ClipFrames frames;
    private final Runnable whenClosed;
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private final ClipWriter writer;
    private byte[] ready = new byte[0];
    private int position;
    private boolean complete;
    private boolean closed;

    /**
     * @param name for the log
     * @param disposition for the header of the same name
     * @param whenClosed called once
     */
    ClipStream(String name, String disposition, ClipFrames frames, ClipFormat format, Runnable whenClosed) {
        this.name = name;
        this.disposition = disposition;
        this.frames = frames;
        this.whenClosed = whenClosed;
        writer = new ClipWriter(made, format);
    }

    public String disposition() {
        return disposition;
    }

    /** Makes the beginning, so that a clip that cannot be made fails before anything of it is sent. */
    void prepare() throws IOException {
        if (position == ready.length) {
            ready = next();
            position = 0;
        }
    }

    @Override
    public int read() throws IOException {
        prepare();
        return position == ready.length ? -1 : ready[position++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        prepare();
        if (position == ready.length) {
            return length == 0 ? 0 : -1;
        }
        int taken = Math.min(length, ready.length - position);
        System.arraycopy(ready, position, target, offset, taken);
        position += taken;
        return taken;
    }

    @Override
    public int available() {
        return ready.length - position;
    }

    private byte[] next() throws IOException {
        while (made.size() == 0 && !complete) {
            Optional<EncodedFrame> frame = frames.next();
            if (frame.isEmpty() || !writer.write(frame.get())) {
                complete(writer.finish());
            }
        }
        byte[] bytes = made.toByteArray();
        made.reset();
        return bytes;
    }

    private void complete(ClipSummary summary) {
        complete = true;
        LOG.info(
                "Exported {}: {} frames, {} of them with mended timestamps; {} entries could not be read{}",
                name,
                summary.frames(),
                summary.mended(),
                frames.unreadable(),
                summary.endedBy()
                        .map(reason -> "; it ends early, because " + reason)
                        .orElse(""));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (!complete && ready.length > 0) {
            LOG.info("The export of {} was given up in the middle", name);
        }
        try {
            writer.close();
        } finally {
            frames.close();
            whenClosed.run();
        }
    }
}
