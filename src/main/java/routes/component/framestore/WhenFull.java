package routes.component.framestore;

/** What becomes of an append while the store takes nothing in. */
public enum WhenFull {
    /** Its exchange fails. */
    fail,
    /** It waits, and is tried again until it is stored. */
    wait
}
