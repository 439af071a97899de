package routes.replay.media;

import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * What a downloaded clip is called: {@code cam-1_20260101T120000.000Z.mp4}.
 *
 * @param text letters and digits of any script, and {@code . _ -}
 */
record ClipFileName(String text) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final int LONGEST_SOURCE = 100;

    /** @param createdNs when the first frame was made, in nanoseconds since 1970 */
    static ClipFileName of(ClipQuery query, BigInteger createdNs) {
        String source = query.sourceId().replaceAll("[^\\p{L}\\p{N}._-]", "_").replaceFirst("^\\.+", "_");
        String time = createdNs.bitLength() < Long.SIZE
                ? TIME.format(Instant.EPOCH.plusNanos(createdNs.longValue()))
                : "unknown-time";
        return new ClipFileName(source.substring(0, Math.min(source.length(), LONGEST_SOURCE)) + "_" + time + "."
                + query.format().ending());
    }

    /** The header that names it, for clients that know ASCII only, too. */
    String disposition() {
        String plain = text.replaceAll("[^\\p{ASCII}]", "_");
        String extended = URLEncoder.encode(text, StandardCharsets.UTF_8);
        return "attachment; filename=\"" + plain + "\"" + (plain.equals(text) ? "" : "; filename*=UTF-8''" + extended);
    }
}
