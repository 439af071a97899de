package routes.component.redisstream.stream;

/** What can happen to an entry in a consumer; each is counted. */
public enum StreamOutcome {
    /** Handed to the route, first time or again. */
    DELIVERED,
    /** Handed to the route again; also counted as delivered. */
    REDELIVERED,
    /** Processed and acknowledged. */
    ACKED,
    /** Processing failed; the entry is tried again or moved to the dead entries. */
    FAILED,
    /** Moved to the dead entries. */
    DEAD,
    /** Taken over from a consumer that left it idle for too long. */
    CLAIMED,
    /** Came a second time while held, or had been acknowledged by another consumer; nothing was lost. */
    DUPLICATE,
    /** Was pending although its data had been deleted or trimmed; acknowledged, for nobody can process it. */
    DELETED,
    /** Taken over by another consumer while held here. */
    LOST
}
