package routes.platform.attention;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A place where things wait, lie refused, or are dead. All of it is asked for again at each request, so none of it may
 * take long or grow with what is there.
 */
public interface AttentionSource {

    /**
     * In kebab case, unique in the application and the same for ever, since the ids of the items begin with it. It begins
     * with the workflow, unless items of several are here.
     */
    String name();

    /** Whether items of this workflow may be here. */
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

    /** With its details. Empty when it is not here, or no longer. */
    Optional<AttentionItem> find(String key);

    /** Has it tried once more. False when it is not here any more; only called for items that allow it. */
    default boolean requeue(String key) {
        return false;
    }

    /** Gives it up for good. False when it is not here any more; only called for items that allow it. */
    default boolean discard(String key) {
        return false;
    }
}
