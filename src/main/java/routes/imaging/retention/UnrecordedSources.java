package routes.imaging.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import routes.imaging.event.SystemShare;
import routes.imaging.event.SystemShares;
import routes.platform.InvalidInputException;

/**
 * The sources whose upload is not recorded. Nothing that holds such a source, or is inside one, is deleted. Folders
 * are identified by what they are, not by their names, which may lead through links or differ in case.
 */
final class UnrecordedSources {

    static final UnrecordedSources NONE = new UnrecordedSources();

    private final Set<Object> sources = new HashSet<>();
    private final Set<Object> sourcesAndParents = new HashSet<>();

    private UnrecordedSources() {}

    /** @param rows of {@code list-unrecorded-sources.sql} */
    static UnrecordedSources of(List<Map<String, Object>> rows, SystemShares shares) {
        UnrecordedSources unrecorded = new UnrecordedSources();
        for (Map<String, Object> row : rows) {
            String system = (String) row.get("system");
            if (shares.knows(system)) {
                unrecorded.add(shares.of(system), (String) row.get("path"));
            }
        }
        return unrecorded;
    }

    /** Whether an existing folder contains such a source, is one, or is inside one. */
    boolean overlap(Path folder) {
        if (sources.isEmpty() && sourcesAndParents.isEmpty()) {
            return false;
        }
        for (Path path = folder.toAbsolutePath(); path != null; path = path.getParent()) {
            if (identities(path).stream().anyMatch(sources::contains)) {
                return true;
            }
        }
        return identities(folder).stream().anyMatch(sourcesAndParents::contains);
    }

    private void add(SystemShare share, String imageDir) {
        try {
            Path source = share.imageSource(imageDir);
            sources.addAll(identities(source));
            for (Path path = source; path != null && path.startsWith(share.root()); path = path.getParent()) {
                sourcesAndParents.addAll(identities(path));
            }
        } catch (InvalidInputException e) {
            // Not a folder of this share, so nothing that could be deleted
        } catch (UncheckedIOException e) {
            // Its place is unknown at the moment, so nothing of this share is deleted
            sources.add(nameOf(share.root()));
        }
    }

    private static Path nameOf(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private static Set<Object> identities(Path path) {
        try {
            Set<Object> identities = new HashSet<>(Set.of(nameOf(path)));
            if (Files.exists(path)) {
                identities.add(path.toRealPath());
                Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class)
                                .fileKey())
                        .ifPresent(identities::add);
            }
            return identities;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look at " + path + ", so nothing is deleted", e);
        }
    }
}
