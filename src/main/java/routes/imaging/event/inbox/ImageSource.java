package routes.imaging.event.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

import routes.imaging.event.EventType;

/** Counts the images of a time step: in {@code Img/} where there is one, else in its folder itself. */
public final class ImageSource {

    public static final String METADATA = "metadata.json";
    private static final String IMAGES = "Img";

    private ImageSource() {}

    /**
     * Counts the TIFF files of a still, and all files of a video except its metadata. Hidden files do not count:
     * {@code ._a.tif} is what macOS leaves beside {@code a.tif}. A source that is a single file counts as one.
     *
     * @return empty when the source does not exist
     */
    public static OptionalInt countImages(Path source, EventType type) throws IOException {
        if (Files.isRegularFile(source)) {
            return OptionalInt.of(1);
        }
        Path images = Files.isDirectory(source.resolve(IMAGES)) ? source.resolve(IMAGES) : source;
        try (Stream<Path> files = Files.list(images)) {
            return OptionalInt.of(
                    (int) files.filter(file -> isImage(file, type)).count());
        } catch (NoSuchFileException | NotDirectoryException e) {
            return OptionalInt.empty();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isImage(Path file, EventType type) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean wanted =
                switch (type) {
                    case STITCH -> name.endsWith(".tif") || name.endsWith(".tiff");
                    case VIDEO -> !name.equals(METADATA);
                };
        return wanted && !name.startsWith(".") && Files.isRegularFile(file);
    }
}
