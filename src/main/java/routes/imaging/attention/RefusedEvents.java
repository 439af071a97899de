package routes.imaging.attention;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import routes.imaging.event.FileNames;
import routes.imaging.event.SystemShare;
import routes.imaging.event.SystemShares;
import routes.imaging.event.inbox.EventFolder;
import routes.imaging.event.inbox.EventInbox;
import routes.platform.NotPossibleException;
import routes.platform.attention.AttentionItem;
import routes.platform.attention.AttentionItem.Action;
import routes.platform.attention.AttentionSource;

/**
 * Shows the event files on the attention list that were refused and are in {@code .failed}, each with the reason that
 * is stored beside it.
 */
final class RefusedEvents implements AttentionSource {

    /** Only so many files of a folder are looked at; the file system lists them in any order. */
    private static final int MOST_FILES = 10_000;

    private static final int MOST_BYTES = 64 << 10;

    private final SystemShares shares;

    RefusedEvents(SystemShares shares) {
        this.shares = shares;
    }

    /** @param since when it was refused */
    private record Refused(SystemShare share, Path file, Instant since) {

        String key() {
            String uri = file.toUri().getRawPath();
            return share.system() + "/" + uri.substring(uri.lastIndexOf('/') + 1);
        }
    }

    @Override
    public String name() {
        return "imaging-refused-event";
    }

    @Override
    public List<AttentionItem> newest(@Nullable String workflow, int most) {
        List<Refused> refused = new ArrayList<>();
        for (SystemShare share : shares.all()) {
            filesOf(share).forEach(file -> look(share, file).ifPresent(refused::add));
        }
        return refused.stream()
                .sorted(Comparator.comparing(Refused::since).reversed())
                .limit(most)
                .map(RefusedEvents::item)
                .toList();
    }

    @Override
    public long count(@Nullable String workflow) {
        return shares.all().stream().mapToLong(share -> filesOf(share).size()).sum();
    }

    @Override
    public Optional<AttentionItem> find(String key) {
        return refused(key).map(event -> item(event).with(Map.of("content", textOf(event.file()))));
    }

    /** Moves the file back to the events, where it is read as if it had just arrived. */
    @Override
    public boolean requeue(String key) {
        return refused(key).filter(event -> move(event, event.share().events())).isPresent();
    }

    /** Moves the file aside but keeps it: no event is ever deleted. */
    @Override
    public boolean discard(String key) {
        return refused(key)
                .filter(event -> move(event, event.share().failed().resolve("discarded")))
                .isPresent();
    }

    private static List<Path> filesOf(SystemShare share) {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(share.failed(), RefusedEvents::isEventFile)) {
            for (Path file : children) {
                files.add(file);
                if (files.size() == MOST_FILES) {
                    break;
                }
            }
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + share.failed(), e);
        }
        return files;
    }

    private static boolean isEventFile(Path file) {
        return EventFolder.isEventFile(file.getFileName().toString());
    }

    private Optional<Refused> refused(String key) {
        int slash = key.indexOf('/');
        String system = key.substring(0, Math.max(slash, 0));
        if (!shares.knows(system)) {
            return Optional.empty();
        }
        SystemShare share = shares.of(system);
        try {
            Path file = Path.of(URI.create(folderUri(share.failed()) + key.substring(slash + 1)));
            boolean inside = file.equals(share.failed().toAbsolutePath().resolve(file.getFileName()));
            return inside && isEventFile(file) ? look(share, file) : Optional.empty();
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
    }

    private static String folderUri(Path folder) {
        String uri = folder.toUri().toString();
        return uri.endsWith("/") ? uri : uri + "/";
    }

    private static Optional<Refused> look(SystemShare share, Path file) {
        try {
            Path explanation = EventInbox.explanationOf(file);
            Path told = Files.exists(explanation) ? explanation : file;
            Instant since =
                    Files.getLastModifiedTime(told, LinkOption.NOFOLLOW_LINKS).toInstant();
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(new Refused(share, file, since))
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static boolean move(Refused event, Path folder) {
        try {
            Files.createDirectories(folder);
            Files.move(event.file(), EventInbox.freeName(folder, event.file().getFileName()));
            Files.deleteIfExists(EventInbox.explanationOf(event.file()));
            return true;
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException e) {
            throw new NotPossibleException(
                    "Cannot move " + FileNames.printable(event.file()) + " to " + folder + ": " + e);
        }
    }

    private static AttentionItem item(Refused event) {
        String reason = textOf(EventInbox.explanationOf(event.file())).strip().replaceAll("\\R", "; ");
        return new AttentionItem(
                event.key(),
                "imaging",
                "refused-event",
                "Event " + event.share().system() + "/"
                        + FileNames.printable(event.file().getFileName()),
                reason.isEmpty() ? "the reason was not stored beside it" : reason,
                event.since(),
                List.of(Action.REQUEUE, Action.DISCARD),
                Map.of());
    }

    private static String textOf(Path file) {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
