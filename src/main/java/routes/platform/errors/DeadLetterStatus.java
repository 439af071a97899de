package routes.platform.errors;

import java.util.Locale;

/** The fate of a dead letter. */
public enum DeadLetterStatus {
    /** Waits for somebody to decide. */
    DEAD,
    /** Is to be sent again, or is being sent. */
    QUEUED,
    /** Was sent again. Should it have failed again, there is a newer letter. */
    REQUEUED,
    /** Was given up by an operator. */
    DISCARDED;

    /** As in the database and the API. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
