package routes.imaging.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/**
 * The folder of one imaging system, usually a mounted share.
 *
 * <pre>
 * &lt;source-dir&gt;/&lt;system&gt;/events/*.json           finished time steps
 *                        /events/.failed/          events that were refused, each with its reason
 *                        /&lt;img_dir&gt;/…              their images
 * </pre>
 *
 * @param system name of the system and of its folder
 * @param root the folder
 */
public record SystemShare(String system, Path root) {

    static final String EVENTS = "events";
    static final String FAILED = ".failed";
    /** The longest name that the file systems of shares and servers accept. */
    private static final int MAX_NAME_BYTES = 255;

    public Path events() {
        return root.resolve(EVENTS);
    }

    public Path failed() {
        return events().resolve(FAILED);
    }

    /**
     * The normal form of an image folder, so that {@code ./shared/}, {@code a/../shared} and {@code shared} are the
     * same. A text that is not a path inside a folder is returned unchanged, to be refused by {@link #imageSource}.
     */
    public static String normalize(String imageDir) {
        try {
            String normal = Path.of(imageDir).normalize().toString();
            return normal.isEmpty() ? imageDir : normal;
        } catch (InvalidPathException e) {
            return imageDir;
        }
    }

    /**
     * Where the images of an event are; the path need not exist yet.
     *
     * @throws InvalidInputException when it leads out of the share, also by a symbolic link, or into the events
     */
    public Path imageSource(String imageDir) {
        Path relative = relative(imageDir);
        Path source = root.resolve(relative).normalize();
        if (!source.startsWith(root.normalize())) {
            throw invalid(imageDir, "must stay inside the folder of the system");
        }
        if (source.equals(root.normalize())) {
            throw invalid(imageDir, "must not be the folder of the system itself");
        }
        // Shares of Windows machines are not case-sensitive, and retention deletes what is accepted here
        if (root.normalize().relativize(source).getName(0).toString().equalsIgnoreCase(EVENTS)) {
            throw invalid(imageDir, "must not lie in the events folder");
        }
        refuseLinkOutside(source, imageDir);
        return source;
    }

    private Path relative(String imageDir) {
        try {
            Path path = FileNames.pathOf(imageDir);
            if (path.isAbsolute()) {
                throw invalid(imageDir, "must be relative to the folder of the system");
            }
            for (Path name : path) {
                if (FileNames.bytesOf(name).length > MAX_NAME_BYTES) {
                    throw invalid(imageDir, "has a name of more than " + MAX_NAME_BYTES + " bytes in it");
                }
            }
            return path;
        } catch (InvalidPathException e) {
            throw invalid(imageDir, "is not a path: " + e.getReason());
        }
    }

    private void refuseLinkOutside(Path source, String imageDir) {
        try {
            Optional<Path> existing = nearestExisting(source);
            if (existing.isEmpty()) {
                return;
            }
            Path real = existing.get().toRealPath();
            Path realRoot = root.toRealPath();
            if (!real.startsWith(realRoot)) {
                throw invalid(imageDir, "leads out of the folder of the system by a symbolic link");
            }
            if (existing.get().equals(source) && (real.equals(realRoot) || overlapsEvents(real))) {
                throw invalid(imageDir, "leads to the events or the whole folder of the system by a symbolic link");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot resolve " + source, e);
        }
    }

    private boolean overlapsEvents(Path real) throws IOException {
        if (!Files.exists(events())) {
            return false;
        }
        Path realEvents = events().toRealPath();
        return real.startsWith(realEvents) || realEvents.startsWith(real);
    }

    /** Whether an existing file is inside the share after every symbolic link has been followed. */
    public boolean holds(Path file) throws IOException {
        return file.toRealPath().startsWith(root.toRealPath());
    }

    private Optional<Path> nearestExisting(Path source) {
        for (Path path = source; path != null && path.startsWith(root.normalize()); path = path.getParent()) {
            if (Files.exists(path)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    private static InvalidInputException invalid(String imageDir, String message) {
        return new InvalidInputException(new FieldProblem(List.of("img_dir"), "value_error", message, imageDir));
    }
}
