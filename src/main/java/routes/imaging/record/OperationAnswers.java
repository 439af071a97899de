package routes.imaging.record;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers of the operations, in the names of the HTTP contract. */
public final class OperationAnswers {

    public Map<String, Object> accepted(List<?> waiting, List<?> recorded) {
        return Map.of("accepted", waiting.size() + recorded.size());
    }

    public Map<String, Object> requeued(String stream, Number count) {
        return Map.of("stream", stream, "requeued", count);
    }

    /**
     * @param due everything that was past its lifespan
     * @param left what is still due; an entry with a reason was kept
     * @param overdue what is not uploaded and therefore kept
     */
    public Map<String, Object> purge(
            boolean dryRun,
            List<Map<String, Object>> due,
            List<Map<String, Object>> left,
            List<Map<String, Object>> overdue) {
        List<Map<String, Object>> kept =
                left.stream().filter(item -> item.containsKey("reason")).toList();
        Set<String> notDeleted =
                (dryRun ? kept : left).stream().map(OperationAnswers::nameOf).collect(Collectors.toSet());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("dry_run", dryRun);
        answer.put(
                "deleted",
                due.stream()
                        .filter(item -> !notDeleted.contains(nameOf(item)))
                        .map(OperationAnswers::withoutReason)
                        .toList());
        answer.put("kept", Stream.concat(kept.stream(), overdue.stream()).toList());
        return answer;
    }

    private static String nameOf(Map<String, Object> item) {
        return item.get("kind") + ":" + item.get("ref_id");
    }

    /** The reason may be that of an earlier run, for something that is gone now. */
    private static Map<String, Object> withoutReason(Map<String, Object> item) {
        Map<String, Object> deleted = new LinkedHashMap<>(item);
        deleted.remove("reason");
        return deleted;
    }

    public Map<String, Object> queued(Map<String, Object> event) {
        String refId = event.get("ref_id").toString();
        return Map.of("ref_id", refId, "url", "/api/1/events/" + refId);
    }
}
