package routes.imaging.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of all configured imaging systems below one source folder. */
public final class SystemShares {

    static final String STAGING = "staging";
    private static final Logger LOG = LoggerFactory.getLogger(SystemShares.class);

    private final Path sourceDir;
    private final Map<String, SystemShare> bySystem = new TreeMap<>();

    public SystemShares(Path sourceDir, Collection<String> systems) {
        this.sourceDir = sourceDir;
        for (String system : systems) {
            if (!system.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}") || system.equals(STAGING)) {
                throw new IllegalArgumentException("imaging.systems: '" + system
                        + "' cannot be a system: use letters, digits, '.', '_' and '-', and not '" + STAGING + "'");
            }
            bySystem.put(system, new SystemShare(system, sourceDir.resolve(system)));
        }
    }

    public Collection<SystemShare> all() {
        return bySystem.values();
    }

    /** @throws IllegalArgumentException when the system is not configured */
    public SystemShare of(String system) {
        SystemShare share = bySystem.get(system);
        if (share == null) {
            throw new IllegalArgumentException(
                    "No system '" + system + "' is configured in imaging.systems " + bySystem.keySet());
        }
        return share;
    }

    public boolean knows(String system) {
        return bySystem.containsKey(system);
    }

    public Path staging() {
        return sourceDir.resolve(STAGING);
    }

    /**
     * Creates {@code <system>/events} where it is absent; a share that refuses is reported and does not stop the
     * others.
     */
    public void createFolders() {
        for (SystemShare share : all()) {
            try {
                Files.createDirectories(share.events());
            } catch (IOException e) {
                LOG.warn(
                        "Cannot make {}: {}. Events of {} are not read until it exists",
                        share.events(),
                        e,
                        share.system());
            }
        }
        reportStrangers();
    }

    /** Folders beside those of the systems, which belong to no configured system. */
    public List<Path> strangers() {
        try (Stream<Path> children = Files.list(sourceDir)) {
            return children.filter(this::isStranger).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + sourceDir, e);
        }
    }

    private boolean isStranger(Path child) {
        String name = child.getFileName().toString();
        return !name.startsWith(".") && !name.equals(STAGING) && !knows(name) && Files.isDirectory(child);
    }

    private void reportStrangers() {
        try {
            List<String> strangers = strangers().stream()
                    .map(folder -> FileNames.printable(folder.getFileName()))
                    .toList();
            if (!strangers.isEmpty()) {
                LOG.info("Folders {} in {} are ignored: they are not in imaging.systems", strangers, sourceDir);
            }
        } catch (UncheckedIOException e) {
            LOG.warn("{}: {}", e.getMessage(), String.valueOf(e.getCause()));
        }
    }
}
