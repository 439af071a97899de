package routes.component.framestore.api;

/** What an entry is to the index. The order is part of the stored form: add at the end only. */
public enum EntryKind {
    /** A video frame that needs those before it. */
    FRAME,
    /** A video frame that stands alone; it begins a block and can be searched for. */
    KEYFRAME,
    /** Data of the user between the frames. */
    USER_DATA,
    /** The source says that it ends; more may follow all the same. */
    END_OF_STREAM
}
