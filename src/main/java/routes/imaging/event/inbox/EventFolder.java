package routes.imaging.event.inbox;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.imaging.event.FileNames;
import routes.imaging.event.SystemShare;

/**
 * The entries of one events folder. Camel lists them as {@link java.io.File}, whose names are wrong when their bytes
 * are not text in the JVM's encoding; this class finds the entry that was meant. It also finds entries that are never
 * taken, such as hidden files and folders, and reports each of them once.
 */
public final class EventFolder {

    private static final Logger LOG = LoggerFactory.getLogger(EventFolder.class);
    private static final String SUFFIX = ".json";
    /** What Java substitutes for bytes that it cannot decode. */
    private static final char REPLACEMENT = '\uFFFD';

    private final SystemShare share;
    private final EventReadiness.Waiting waiting;
    private final Clock clock;
    private final Map<String, Path> garbled = new HashMap<>();
    private final Set<Path> reported = new HashSet<>();
    private Map<Path, Instant> untaken = Map.of();
    private Instant surveyAt = Instant.MIN;
    private volatile List<String> ignored = List.of();

    EventFolder(SystemShare share, EventReadiness.Waiting waiting, Clock clock) {
        this.share = share;
        this.waiting = waiting;
        this.clock = clock;
    }

    /** A hidden file is one that its writer has not finished. */
    public static boolean isEventFile(String name) {
        return !name.startsWith(".") && name.toLowerCase(Locale.ROOT).endsWith(SUFFIX);
    }

    /**
     * When several entries are shown under one name, any of them is returned; the others follow when that one is
     * gone.
     *
     * @param name as {@link java.io.File} shows it
     */
    synchronized Path fileShownAs(String name) {
        Path spelled = share.events().resolve(FileNames.pathOf(name));
        if (name.indexOf(REPLACEMENT) < 0) {
            return spelled;
        }
        if (!garbled.containsKey(name)) {
            entries().forEach(entry -> garbled.put(entry.getFileName().toString(), entry));
        }
        return garbled.getOrDefault(name, spelled);
    }

    /**
     * Called at the beginning of a poll. Now and then it looks for entries that have been there for long and are
     * still not known as event files.
     *
     * @param isKnown whether a poll has offered the entry
     */
    synchronized void survey(Predicate<Path> isKnown) {
        garbled.clear();
        Instant now = clock.instant();
        if (now.isBefore(surveyAt)) {
            return;
        }
        surveyAt = now.plus(waiting.imageRecheck());
        Map<Path, Instant> seen = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (Path entry : entries()) {
            if (!isKnown.test(entry) && !entry.equals(share.failed())) {
                Instant since = untaken.getOrDefault(entry, now);
                seen.put(entry, since);
                if (!now.isBefore(since.plus(patienceWith(entry)))) {
                    names.add(FileNames.printable(entry.getFileName()));
                    report(entry);
                }
            }
        }
        untaken = seen;
        reported.retainAll(seen.keySet());
        ignored = names.stream().sorted().toList();
    }

    /** Printable names of the entries that are never taken. */
    List<String> ignored() {
        return ignored;
    }

    /** A file of another name may still be being written, to be renamed later. */
    private Duration patienceWith(Path entry) {
        return entry.toString().endsWith(SUFFIX) ? waiting.settle() : waiting.parseGrace();
    }

    private void report(Path entry) {
        if (reported.add(entry)) {
            LOG.warn(
                    "{} is not taken as an event: it {}. Rename it if it is one, otherwise move it away",
                    FileNames.printable(entry),
                    whyNotTaken(entry));
        }
    }

    private static String whyNotTaken(Path entry) {
        String name = entry.getFileName().toString();
        if (Files.isDirectory(entry)) {
            return "is a folder";
        }
        if (name.startsWith(".")) {
            return "is hidden, since its name starts with a dot";
        }
        return isEventFile(name) ? "cannot be looked at" : "does not end in " + SUFFIX;
    }

    private List<Path> entries() {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(share.events())) {
            children.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException outOfReach) {
            LOG.debug("Cannot list {}; the next poll tries again", share.events(), outOfReach);
        }
        return entries;
    }
}
