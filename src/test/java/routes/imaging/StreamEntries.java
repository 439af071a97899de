package routes.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.api.sync.RedisCommands;

/** Entries as other programs write them to the streams. */
final class StreamEntries {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StreamEntries() {}

    static Map<String, Object> event(SampleEvent event) {
        return Map.of(
                "ref_id",
                event.refId(),
                "experiment_id",
                event.fields().get("experiment_id"),
                "timestamp",
                event.fields().get("timestamp"),
                "type",
                "stitch",
                "system",
                event.system(),
                "position",
                3,
                "plate",
                7,
                "cross_date",
                "2024-01-15",
                "src_dir_info",
                Map.of(
                        "local_path",
                        event.imageDir(),
                        "img_count",
                        2,
                        "img_count_actual",
                        2,
                        "raw_metadata",
                        Map.of("event", Map.of("plate", 7))));
    }

    static Map<String, Object> export(UUID refId, String key, String checksum, long size) {
        return Map.of(
                "ref_id",
                refId,
                "checksum",
                Map.of("hex", checksum, "algorithm", "sha256"),
                "size",
                size,
                "key",
                key,
                "timestamp",
                "2024-02-01T09:31:12.345678Z");
    }

    /** @return id of the entry */
    static String append(RedisCommands<String, String> redis, String stream, Object entry) {
        try {
            return redis.xadd(stream, Map.of("data", JSON.writeValueAsString(entry)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean wasDelivered(RedisCommands<String, String> redis, String stream, String group, String entry) {
        return redis.xinfoGroups(stream).stream()
                .map(info -> ((List<?>) info).toArray())
                .filter(info -> group.equals(info[1]))
                .map(info -> String.valueOf(info[Arrays.asList(info).indexOf("last-delivered-id") + 1]))
                .anyMatch(last -> compare(last, entry) >= 0);
    }

    private static int compare(String id, String other) {
        String[] a = id.split("-");
        String[] b = other.split("-");
        int byTime = Long.compare(Long.parseLong(a[0]), Long.parseLong(b[0]));
        return byTime != 0 ? byTime : Long.compare(Long.parseLong(a[1]), Long.parseLong(b[1]));
    }
}
