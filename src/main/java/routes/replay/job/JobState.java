package routes.replay.job;

import java.util.Locale;

/** Where a job is in its life. The names are those in the database and in listings. */
public enum JobState {
    /** Waits until the limits let it start, or go on after a pause. */
    QUEUED,
    /** Waits for its anchor to be recorded. */
    WAITING,
    RUNNING,
    /** Stands still at its operator's wish. */
    PAUSED,
    /** Its stop condition was fulfilled. */
    COMPLETED,
    FAILED,
    /** Somebody put an end to it. */
    CANCELLED;

    /** Nothing happens to it any more. */
    public boolean isEnd() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static JobState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
