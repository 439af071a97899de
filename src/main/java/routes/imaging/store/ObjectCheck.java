package routes.imaging.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import routes.platform.NotFoundException;

/** Compares an object in the store with what the database says of it. */
public final class ObjectCheck {

    private final ObjectStore store;

    ObjectCheck(ObjectStore store) {
        this.store = store;
    }

    /**
     * @param rows of {@code show-event.sql}
     * @throws NotFoundException when there is no such event, or it was not uploaded yet
     */
    public Map<String, Object> verify(List<Map<String, Object>> rows) throws IOException {
        Map<String, Object> row = rows.stream()
                .filter(event -> event.get("key") != null)
                .findFirst()
                .orElseThrow(() -> new NotFoundException("item not found"));
        String key = (String) row.get("key");
        Optional<StoredObject> object = store.head(key.substring(key.indexOf('/') + 1));
        long size = ((Number) row.get("size")).longValue();
        String checksum = (String) row.get("hex");
        List<String> problems = object.map(there -> differences(there, size, checksum))
                .orElseGet(() -> List.of("the object store has no object " + key));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ref_id", row.get("ref_id").toString());
        answer.put("key", key);
        answer.put("ok", problems.isEmpty());
        answer.put("expected", facts(size, checksum));
        answer.put(
                "actual",
                object.map(there -> facts(there.size(), there.sha256().orElse(null)))
                        .orElse(null));
        answer.put("problems", problems);
        return answer;
    }

    private static List<String> differences(StoredObject there, long size, String checksum) {
        List<String> problems = new ArrayList<>();
        if (there.size() != size) {
            problems.add("size is " + there.size() + ", recorded was " + size);
        }
        if (!there.sha256().equals(Optional.of(checksum))) {
            problems.add("checksum is " + there.sha256().orElse("absent") + ", recorded was " + checksum);
        }
        return problems;
    }

    private static Map<String, Object> facts(long size, @Nullable String checksum) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("size", size);
        facts.put("checksum", checksum);
        return facts;
    }
}
