package routes.imaging.store;

import java.util.UUID;

/**
 * Who is uploading to which key just now. A store that honours {@code If-None-Match} needs no such help; on the others
 * two events of the same second could both find the key free, and the later upload would replace the earlier.
 *
 * <p>Uploaders in several processes share claims only through an implementation in a shared store, where a claim must
 * expire by itself when its process dies.
 */
interface KeyClaims {

    /**
     * Claims a key, any number of times for the same event.
     *
     * @return false when the key is claimed for another event
     */
    boolean claim(String key, UUID refId);

    /** Gives back what one successful {@link #claim} took. */
    void release(String key, UUID refId);
}
