package routes.component.framestore;

/** What the producer can do. */
public enum FrameStoreOperation {
    /** Stores the body and returns when it is as durable as the store makes it. */
    append,
    /** Deletes a source, or the blocks of it that a range of indices touches. */
    delete
}
