package routes.imaging.event;

import java.nio.file.Path;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An event on its way from its file to the stream.
 *
 * @param share folder of the system it came from
 * @param file the event file
 * @param source folder, or single file, that holds the images
 * @param imageCountActual images found there
 * @param metadata what {@code metadata.json} among the images says, if it is there and readable
 * @param stagingPath name of the copy in the staging folder, if one was made
 */
public record PendingEvent(
        ImagingEvent event,
        SystemShare share,
        Path file,
        Path source,
        int imageCountActual,
        Optional<JsonNode> metadata,
        Optional<String> stagingPath) {

    public PendingEvent stagedAs(String name) {
        return new PendingEvent(event, share, file, source, imageCountActual, metadata, Optional.of(name));
    }
}
