package routes.imaging.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

import routes.imaging.event.EventType;
import routes.imaging.event.RefId;

/**
 * Where the tar of an event belongs in the bucket: {@code images/20240115_007/20240201/093000.tar}, date and time in
 * UTC so that one instant gives one key whatever its offset.
 *
 * @param type decides the first segment, {@code images} or {@code videos}
 * @param experimentId second segment
 * @param timestamp when the images were taken
 * @param refId the event
 */
public record ObjectKey(EventType type, String experimentId, Instant timestamp, UUID refId) {

    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd/HHmmss").withZone(ZoneOffset.UTC);

    /**
     * Keys to try in this order, each only when the one before belongs to another event: the plain one, one with the
     * first six hex digits of the event's id, one with all of them.
     */
    List<String> candidates() {
        String hex = refId.toString().replace("-", "");
        String plain = type.keyPrefix() + "/" + experimentId + "/" + DAY_AND_TIME.format(timestamp);
        return List.of(plain + ".tar", plain + "-" + RefId.abbreviate(refId) + ".tar", plain + "-" + hex + ".tar");
    }
}
