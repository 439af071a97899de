package routes.component.framestore;

import org.jspecify.annotations.Nullable;

/**
 * Which keyframes to find, by the time in their UUIDs (version 7).
 *
 * @param from first second since 1970, unsigned; found is what is from one second earlier on. Null for all
 * @param to last second since 1970, unsigned; found is what is up to one second later. Null for now
 * @param limit most to return
 */
public record KeyframeQuery(String sourceId, @Nullable Long from, @Nullable Long to, int limit) {

    public KeyframeQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("A search with limit " + limit + " can find nothing");
        }
    }
}
