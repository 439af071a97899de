package routes.platform.config.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tells which YAML files of a folder have changed; a file counts once it has not been written to for a while. */
class QuietFiles {

    /** @param exists false when the file was removed or renamed */
    record Change(Path file, boolean exists) {}

    private record Stamp(FileTime modified, long size, boolean exists) {}

    private record Seen(Stamp stamp, Instant since, boolean told) {}

    private static final Stamp ABSENT = new Stamp(FileTime.fromMillis(0), 0, false);

    private final Path folder;
    private final Clock clock;
    private final Map<Path, Seen> files = new TreeMap<>();

    QuietFiles(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * The changes since the last call, by name.
     *
     * @param quiet how long a file must have been unchanged
     * @throws IOException when the folder cannot be read, which says nothing about its files
     */
    List<Change> changes(Duration quiet) throws IOException {
        Map<Path, Stamp> now = stamps();
        files.keySet().forEach(file -> now.putIfAbsent(file, ABSENT));
        List<Change> changes = new ArrayList<>();
        now.forEach((file, stamp) -> {
            Seen seen = files.get(file);
            if (seen == null || !seen.stamp().equals(stamp)) {
                seen = new Seen(stamp, clock.instant(), false);
                files.put(file, seen);
            }
            if (!seen.told() && !clock.instant().isBefore(seen.since().plus(quiet))) {
                files.put(file, new Seen(stamp, seen.since(), true));
                changes.add(new Change(file, stamp.exists()));
            }
        });
        changes.stream().filter(change -> !change.exists()).forEach(change -> files.remove(change.file()));
        return changes;
    }

    private Map<Path, Stamp> stamps() throws IOException {
        Map<Path, Stamp> stamps = new TreeMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path file : entries.filter(QuietFiles::isYaml).toList()) {
                BasicFileAttributes attributes = attributes(file);
                stamps.put(file, new Stamp(attributes.lastModifiedTime(), attributes.size(), true));
            }
        }
        return stamps;
    }

    /** Hidden files are what editors and Kubernetes keep beside the real ones. */
    private static boolean isYaml(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".yaml") && !name.startsWith(".") && Files.isRegularFile(file);
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }
}
