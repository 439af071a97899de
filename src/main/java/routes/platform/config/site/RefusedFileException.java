package routes.platform.config.site;

import org.jspecify.annotations.Nullable;

/** A file of routes cannot be loaded. The message is the reason on one line, for whoever wrote the file. */
class RefusedFileException extends Exception {

    private final int line;

    /** @param line where in the file, counted from 1; 0 when it concerns the file as a whole */
    RefusedFileException(int line, String reason, @Nullable Throwable cause) {
        super(reason.replaceAll("\\s+", " ").strip(), cause);
        this.line = line;
    }

    int line() {
        return line;
    }
}
