package routes.platform.attention;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A place that holds what waits, was refused, or is dead. Each request asks for all of it again, so answering must be
 * quick and must not take longer as more accumulates.
 */
public interface AttentionSource {

    /**
     * In kebab case, unique in the application, and never changed, since the ids of the items begin with it. It
     * begins with the workflow, unless the source has items of several workflows.
     */
    String name();

    /** Whether this source may have items of the workflow. */
    default boolean concerns(String workflow) {
        return name().startsWith(workflow + "-");
    }

    /**
     * Newest first.
     *
     * @param workflow only items of this one, which this source concerns; null for all
     */
    List<AttentionItem> newest(@Nullable String workflow, int most);

    long count(@Nullable String workflow);

    /** The item with its details; empty when this source does not have it, or no longer has it. */
    Optional<AttentionItem> find(String key);

    /** Tries it again. False when it is no longer here; only called for items that allow it. */
    default boolean requeue(String key) {
        return false;
    }

    /** Discards it for good. False when it is no longer here; only called for items that allow it. */
    default boolean discard(String key) {
        return false;
    }
}
