package routes.imaging;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Answers of the operations, in the names of the HTTP contract. */
final class OperationAnswers {

    public Map<String, Object> accepted(List<?> waiting, List<?> recorded) {
        return Map.of("accepted", waiting.size() + recorded.size());
    }

    public Map<String, Object> requeued(String stream, Number count) {
        return Map.of("stream", stream, "requeued", count);
    }

    /**
     * @param due everything past its lifespan; what has a reason is kept
     * @param overdue what is not uploaded, hence kept
     */
    public Map<String, Object> purge(
            boolean dryRun, List<Map<String, Object>> due, List<Map<String, Object>> overdue) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("dry_run", dryRun);
        answer.put("deleted", due.stream().filter(item -> !item.containsKey("reason")).toList());
        answer.put("kept", Stream.concat(
                        due.stream().filter(item -> item.containsKey("reason")), overdue.stream())
                .toList());
        return answer;
    }

    public Map<String, Object> queued(Map<String, Object> event) {
        String refId = event.get("ref_id").toString();
        return Map.of("ref_id", refId, "url", "/api/1/events/" + refId);
    }
}
