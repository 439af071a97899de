package routes.platform.attention;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.platform.NotFoundException;
import routes.platform.NotPossibleException;
import routes.platform.attention.AttentionItem.Action;

/** The items of all sources as one list, and what can be done about each. */
public final class AttentionList {

    /**
     * Sources are not asked for more items than this: to see more, an operator needs a filter or a query, not a page.
     */
    private static final int MOST_OF_A_SOURCE = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(AttentionList.class);

    private final Map<String, AttentionSource> sources = new TreeMap<>();

    AttentionList(List<AttentionSource> sources) {
        for (AttentionSource source : sources) {
            if (this.sources.put(source.name(), source) != null) {
                throw new IllegalArgumentException("Two sources of the attention list are called " + source.name());
            }
        }
    }

    /** An item with its id, which names its source and is safe to use in a URL. */
    public record Listed(String id, @JsonUnwrapped @JsonIgnoreProperties("key") AttentionItem item) {}

    /**
     * One page, newest first.
     *
     * @param count of the items of all pages
     * @param unavailable why the items of a source are missing, by its name
     */
    public record Page(List<Listed> items, long count, int limit, int offset, Map<String, String> unavailable) {}

    /** What was done about an item. */
    public record Decision(String id, String status) {}

    public Page list(@Nullable String workflow, int limit, int offset) {
        int most = Math.min(offset + limit, MOST_OF_A_SOURCE);
        List<Listed> items = new ArrayList<>();
        Map<String, String> unavailable = new TreeMap<>();
        long count = 0;
        for (AttentionSource source : sources.values()) {
            if (workflow == null || source.concerns(workflow)) {
                try {
                    count += source.count(workflow);
                    source.newest(workflow, most).forEach(item -> items.add(listed(source, item)));
                } catch (RuntimeException e) {
                    // The items of the other sources are still worth showing
                    LOG.warn("The attention list lacks the items of {}: {}", source.name(), e.toString());
                    unavailable.put(source.name(), String.valueOf(e.getMessage()));
                }
            }
        }
        List<Listed> page = items.stream()
                .sorted(Comparator.comparing((Listed listed) -> listed.item().since())
                        .reversed()
                        .thenComparing(Listed::id))
                .skip(offset)
                .limit(limit)
                .toList();
        return new Page(page, count, limit, offset, unavailable);
    }

    public Listed show(String id) {
        AttentionSource source = sourceOf(id);
        return listed(source, existing(source, id));
    }

    public Decision requeue(String id) {
        return act(id, Action.REQUEUE, AttentionSource::requeue, "requeued");
    }

    public Decision discard(String id) {
        return act(id, Action.DISCARD, AttentionSource::discard, "discarded");
    }

    private Decision act(String id, Action action, BiPredicate<AttentionSource, String> deed, String status) {
        AttentionSource source = sourceOf(id);
        AttentionItem item = existing(source, id);
        if (!item.actions().contains(action)) {
            throw new NotPossibleException(item.subject() + " cannot be " + status + ": " + item.reason());
        }
        if (!deed.test(source, item.key())) {
            throw gone(id);
        }
        LOG.info(
                "{} of {} was {} by an operator; it was on the attention list: {}",
                item.subject(),
                item.workflow(),
                status,
                item.reason());
        return new Decision(id, status);
    }

    private AttentionItem existing(AttentionSource source, String id) {
        return keyOf(id).flatMap(source::find).orElseThrow(() -> gone(id));
    }

    /** @param id null when it is the text {@code null}, which Camel passes to beans as null */
    private AttentionSource sourceOf(@Nullable String id) {
        String source = String.valueOf(id).replaceFirst("\\..*", "");
        return Optional.ofNullable(sources.get(source)).orElseThrow(() -> gone(String.valueOf(id)));
    }

    private static NotFoundException gone(String id) {
        return new NotFoundException("There is no item " + id + " on the attention list, or no longer");
    }

    private static Listed listed(AttentionSource source, AttentionItem item) {
        byte[] key = item.key().getBytes(StandardCharsets.UTF_8);
        return new Listed(
                source.name() + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(key), item);
    }

    private static Optional<String> keyOf(String id) {
        try {
            byte[] key = Base64.getUrlDecoder().decode(id.substring(id.indexOf('.') + 1));
            return Optional.of(new String(key, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }
}
