package routes.replay.job;

import java.util.Locale;

/** The states of a job. Their names are used in the database and in listings. */
public enum JobState {
    /** Waits until the limits let it start, or continue after a pause. */
    QUEUED,
    /** Waits for its anchor to be recorded. */
    WAITING,
    RUNNING,
    /** An operator has paused it. */
    PAUSED,
    /** Its stop condition was fulfilled. */
    COMPLETED,
    FAILED,
    /** An operator or a client has cancelled it. */
    CANCELLED;

    /** Whether the job is over. */
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
