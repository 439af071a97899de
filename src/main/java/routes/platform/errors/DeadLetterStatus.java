package routes.platform.errors;

import java.util.Locale;

/** What became of a dead letter. */
public enum DeadLetterStatus {
    /** It waits for an operator to decide. */
    DEAD,
    /** It is to be sent again, or is being sent. */
    QUEUED,
    /** It was sent again. If that failed too, there is a newer letter. */
    REQUEUED,
    /** An operator discarded it. */
    DISCARDED;

    /** The spelling of the database and the API. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
