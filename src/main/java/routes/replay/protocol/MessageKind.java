package routes.replay.protocol;

/** What a message carries. */
public enum MessageKind {
    VIDEO_FRAME(true),
    USER_DATA(true),
    END_OF_STREAM(true),
    VIDEO_FRAME_BATCH(false),
    VIDEO_FRAME_UPDATE(false),
    SHUTDOWN(false),
    UNKNOWN(false);

    private final boolean ofOneSource;

    MessageKind(boolean ofOneSource) {
        this.ofOneSource = ofOneSource;
    }

    /** Whether the content names one source. Such messages are stored in the log of that source; others are only forwarded. */
    public boolean ofOneSource() {
        return ofOneSource;
    }
}
