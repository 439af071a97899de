package routes.platform.config.site;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import routes.platform.ConfigurationException;
import routes.platform.config.CaravanProperties;

/**
 * Keeps the routes of {@code caravan.routes-directory} running as its files say: from the start, and when a file is
 * changed, added, renamed or removed. Whatever is wrong with a file, the process and all other routes go on.
 *
 * <p>That it asks for the Camel context has a second effect, on which {@code RoutesDirectoryTest} keeps an eye: the
 * context is made before Camel's supervising route controller. Were the controller first, it would cause the context to
 * be made in the middle of its own making, when it cannot be found yet, and nobody would supervise.
 */
@Component
class RoutesDirectory implements CamelContextConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(RoutesDirectory.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Longer than the pause between two writes of an editor or of a copy over the network. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** Even a long file of routes has only some kilobytes. */
    private static final DataSize MOST = DataSize.ofMegabytes(1);

    private final Path directory;
    private final QuietFiles files;

    /** Files without running routes, with the reason that was logged. */
    private final Map<Path, String> refused = new TreeMap<>();

    private boolean readable = true;

    RoutesDirectory(CaravanProperties caravan, CamelContext camel) {
        this.directory = caravan.routesDirectory().toAbsolutePath().normalize();
        this.files = new QuietFiles(directory, Clock.systemUTC());
        make(directory);
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {}

    /** Called when Camel has started, but not its routes: they start together with the site's. */
    @Override
    public void afterApplicationStart(CamelContext camel) {
        RouteFileLoader loader = new RouteFileLoader(camel);
        look(loader, Duration.ZERO);
        camel.getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(this, "RoutesDirectory")
                .scheduleWithFixedDelay(
                        () -> lookWhileRunning(camel, loader),
                        LOOK_EVERY.toMillis(),
                        LOOK_EVERY.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void lookWhileRunning(CamelContext camel, RouteFileLoader loader) {
        if (camel.isStarted()) {
            try {
                look(loader, QUIET);
            } catch (RuntimeException e) {
                LOG.error("A change in {} could not be applied", directory, e);
            }
        }
    }

    private void look(RouteFileLoader loader, Duration quiet) {
        List<QuietFiles.Change> changes;
        try {
            changes = files.changes(quiet);
            readable = true;
        } catch (IOException e) {
            if (readable) {
                LOG.warn("{} cannot be read, and its routes stay as they are: {}", directory, e.toString());
            }
            readable = false;
            return;
        }
        if (changes.isEmpty()) {
            return;
        }
        List<Path> present = changes.stream()
                .filter(QuietFiles.Change::exists)
                .map(QuietFiles.Change::file)
                .toList();
        changes.stream()
                .filter(change -> !change.exists())
                .forEach(change -> removeOrRename(loader, change.file(), present));
        loadAll(loader, present);
    }

    private void loadAll(RouteFileLoader loader, List<Path> changed) {
        Map<Path, String> refusals = new TreeMap<>();
        Set<Path> next = new TreeSet<>(changed);
        next.addAll(refused.keySet());
        while (!next.isEmpty()) {
            for (Path file : next) {
                load(loader, file).ifPresentOrElse(reason -> refusals.put(file, reason), () -> refusals.remove(file));
            }
            boolean progress = !refusals.keySet().containsAll(next);
            next.clear();
            if (progress) {
                // Something that a file needs, such as a template, may have come with another file
                refusals.keySet().stream()
                        .filter(file -> !loader.hasLoaded(file))
                        .forEach(next::add);
            }
        }
        refusals.forEach((file, reason) -> {
            if (changed.contains(file) || !reason.equals(refused.get(file))) {
                LOG.warn("{}", reason);
            }
        });
        refused.clear();
        refused.putAll(refusals);
        refused.keySet().removeIf(loader::hasLoaded);
    }

    private void removeOrRename(RouteFileLoader loader, Path gone, List<Path> present) {
        refused.remove(gone);
        if (!loader.hasLoaded(gone)) {
            return;
        }
        for (Path other : present) {
            try {
                if (!loader.hasLoaded(other) && loader.hasLoaded(gone, read(other))) {
                    loader.rename(gone, other);
                    LOG.info("{} was renamed to {}, and its routes go on", gone, other.getFileName());
                    return;
                }
            } catch (RefusedFileException unreadable) {
                // Told when it is loaded
            }
        }
        try {
            loader.remove(gone);
        } catch (Exception e) {
            throw new IllegalStateException("The routes of %s cannot be removed".formatted(gone), e);
        }
    }

    /** Why the file was refused, if it was. */
    private static Optional<String> load(RouteFileLoader loader, Path file) {
        try {
            String content = read(file);
            if (!loader.hasLoaded(file, content)) {
                loader.load(file, content);
            }
            return Optional.empty();
        } catch (RefusedFileException e) {
            return Optional.of("%s was refused%s: %s"
                    .formatted(
                            e.line() > 0 ? file + ":" + e.line() : file,
                            loader.hasLoaded(file) ? ", and its former routes go on" : "",
                            e.getMessage()));
        }
    }

    private static String read(Path file) throws RefusedFileException {
        try {
            long size = Files.size(file);
            if (size > MOST.toBytes()) {
                throw new RefusedFileException(
                        0, "it has %d bytes, and a file of routes may have %d".formatted(size, MOST.toBytes()), null);
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new RefusedFileException(0, "it is no text in UTF-8", e);
        } catch (IOException e) {
            throw new RefusedFileException(0, "it cannot be read (%s)".formatted(e), e);
        }
    }

    private static void make(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "caravan.routes-directory %s cannot be made: %s".formatted(directory, e),
                    "Set it to a folder that exists or may be made.",
                    e);
        }
    }
}
