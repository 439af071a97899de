package routes.platform.attention;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Something that an operator may want to look at.
 *
 * @param key of the item in its source, the same for as long as it is there
 * @param workflow it belongs to
 * @param kind of item, in kebab case
 * @param subject which file, entry, message or job
 * @param reason why it is on the list, and what helps
 * @param since when it was put on the list
 * @param actions what an operator can do about it here
 * @param details what else is known, by name; only of an item that is shown alone
 */
public record AttentionItem(
        String key,
        String workflow,
        String kind,
        String subject,
        String reason,
        Instant since,
        List<Action> actions,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> details) {

    /** What an operator can do. */
    public enum Action {
        /** Try it again. */
        REQUEUE,
        /** Discard it for good. */
        DISCARD;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AttentionItem with(Map<String, String> known) {
        return new AttentionItem(key, workflow, kind, subject, reason, since, actions, known);
    }
}
