package routes.component.framestore.api;

import java.util.Optional;

/**
 * How the store is.
 *
 * @param trouble why it takes nothing in now
 * @param freeBytes on its disk
 * @param waitingBytes brought, but not yet stored
 * @param damaged records that could not be read since the store was opened, up to 1000
 */
public record StoreCondition(
        Optional<String> trouble, long freeBytes, long waitingBytes, long damaged, long entries, long bytes) {}
