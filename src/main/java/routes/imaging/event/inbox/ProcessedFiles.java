package routes.imaging.event.inbox;

import java.nio.file.Path;

/** Remembers event files that were dealt with and could not be removed, because their share is read-only. */
interface ProcessedFiles {

    /** Whether this very version of the file (name, size, time of last change) was dealt with. */
    boolean contains(String system, Path file);

    void add(String system, Path file);
}
