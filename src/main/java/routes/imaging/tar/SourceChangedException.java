package routes.imaging.tar;

import java.io.IOException;
import java.nio.file.Path;

import routes.imaging.event.FileNames;

/**
 * A source file or directory differs from its listing: it grew, shrank, was rewritten or vanished. The attempt has
 * failed and nothing incomplete was stored; the next attempt makes a new listing.
 */
public final class SourceChangedException extends IOException {

    public SourceChangedException(Path path, String what) {
        super(FileNames.printable(path) + " " + what + " while it was read; it is tried again with a new listing");
    }
}
