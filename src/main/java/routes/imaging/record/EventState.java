package routes.imaging.record;

import java.util.Locale;

/** How far an event has come; it never goes back. It follows from the rows that exist; no column holds it. */
enum EventState {
    /** The event is recorded. */
    IMPORTED,
    /** Its tar is in the object store, recorded with size and checksum. */
    EXPORTED,
    /** Its tar is in an archive on tape. */
    ARCHIVED;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
