package routes.component.framestore.api;

/** Is told what happens to a store, on the thread that writes to it, and must be quick. */
public interface FrameStoreListener {

    /** Entries were committed together. */
    default void onAppended(long entries, long bytes) {}

    /** Entries could not be stored. */
    default void onFailed(long entries) {}

    /** Entries were removed: expired, over quota, or deleted. */
    default void onRemoved(long entries, long bytes) {}
}
