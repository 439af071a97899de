package routes.imaging.store;

import java.time.Duration;

import routes.imaging.tar.TarLayout;

/**
 * How tars are cut and sent.
 *
 * @param multipartThreshold bytes from which on an object is sent in parts, less goes as one PUT
 * @param partSize bytes of a part; grows with the object so that 10,000 parts suffice
 * @param maxConcurrency parts of one object under way at once
 * @param completionPatience how long to wait for an object whose completion got no clear answer
 * @param staleAfter age from which on an unfinished upload of the same key is taken for one of a dead process
 */
public record UploadSettings(
        long multipartThreshold, long partSize, int maxConcurrency, Duration completionPatience, Duration staleAfter) {

    private static final long MEBIBYTE = 1 << 20;
    private static final int MAX_PARTS = 10_000;

    public static final UploadSettings DEFAULTS =
            new UploadSettings(100 * MEBIBYTE, 50 * MEBIBYTE, 5, Duration.ofMinutes(2), Duration.ofDays(1));

    public UploadSettings {
        if (multipartThreshold < 1 || partSize < 1 || maxConcurrency < 1) {
            throw new IllegalArgumentException("multipartThreshold, partSize and maxConcurrency must be at least 1");
        }
    }

    public boolean inParts(long length) {
        return length >= multipartThreshold;
    }

    /** Size of every request body but the last: of a part, or of the whole where it goes as one PUT. */
    long bodySizeFor(long length) {
        return inParts(length) ? partSizeFor(length) : length;
    }

    /** Size of every part but the last, which may be shorter. */
    long partSizeFor(long length) {
        long least = TarLayout.roundUp(length, MAX_PARTS) / MAX_PARTS;
        return least <= partSize ? partSize : TarLayout.roundUp(least, MEBIBYTE);
    }
}
