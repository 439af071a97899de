package routes.component.framestore.api;

import java.util.Optional;

/**
 * How the store is.
 *
 * @param trouble why it takes nothing in now
 * @param freeBytes on its disk
 * @param waitingBytes brought, but not yet stored
 * @param quarantined records that could not be read
 */
public record StoreCondition(
        Optional<String> trouble, long freeBytes, long waitingBytes, long quarantined, long entries, long bytes) {}
