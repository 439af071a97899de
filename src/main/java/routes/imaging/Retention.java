package routes.imaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.platform.InvalidInputException;

/**
 * Deletes sources and staging copies whose upload is recorded and whose time is over. What changed after its upload
 * is kept, since the object does not hold the change. Deleting what is gone already is fine.
 */
final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final SystemShares shares;
    private final StagingArea staging;
    private final Set<String> deleteSystems;
    private final Duration sourceLifespan;
    private final Duration stagingLifespan;
    private final Clock clock;

    Retention(
            SystemShares shares,
            StagingArea staging,
            Collection<String> deleteSystems,
            Duration sourceLifespan,
            Duration stagingLifespan,
            Clock clock) {
        this.shares = shares;
        this.staging = staging;
        this.deleteSystems = Set.copyOf(deleteSystems);
        this.sourceLifespan = sourceLifespan;
        this.stagingLifespan = stagingLifespan;
        this.clock = clock;
    }

    /** Named parameters of the statements that look for sources. */
    public Map<String, Object> sourceCutoff() {
        return before(sourceLifespan);
    }

    /** Named parameters of the statements that look for staging copies. */
    public Map<String, Object> stagingCutoff() {
        return before(stagingLifespan);
    }

    public DueFiles dueSource(Map<String, Object> row) {
        return DueFiles.of(DueFiles.Kind.SOURCE, row);
    }

    public DueFiles dueStaging(Map<String, Object> row) {
        return DueFiles.of(DueFiles.Kind.STAGING, row);
    }

    /** Why the files are kept although they are due; empty when they may go. */
    public Optional<String> reasonToKeep(DueFiles due) {
        if (due.kind() == DueFiles.Kind.SOURCE && !deleteSystems.contains(due.system())) {
            return Optional.of("imaging.retention.delete-systems does not name " + due.system());
        }
        if (due.kind() == DueFiles.Kind.SOURCE && !shares.knows(due.system())) {
            return Optional.of("imaging.systems does not name " + due.system());
        }
        if (due.kind() == DueFiles.Kind.SOURCE && !isMounted(shares.of(due.system()))) {
            return Optional.of("the share of " + due.system() + " is not there at the moment");
        }
        try {
            Path path = locate(due);
            return changedSince(path, due.uploadedFrom())
                    .map(changed -> changed + " changed after the upload and is not in the object");
        } catch (InvalidInputException | IllegalArgumentException | IOException | UncheckedIOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * @return whether the files are gone now; a failure is logged and tried again by the next run
     */
    public boolean remove(DueFiles due) {
        Optional<String> reason = reasonToKeep(due);
        if (reason.isPresent()) {
            if (due.kind() == DueFiles.Kind.STAGING || deleteSystems.contains(due.system())) {
                LOG.warn(
                        "[{}] {} {} is due and kept: {}",
                        due.refId(),
                        due.kind().label(),
                        due.path(),
                        reason.get());
            }
            return false;
        }
        try {
            Path path = locate(due);
            StagingArea.deleteTree(path);
            LOG.info(
                    "[{}] {} {} deleted, its upload is recorded",
                    due.refId(),
                    due.kind().label(),
                    path);
            return true;
        } catch (IOException e) {
            LOG.warn(
                    "[{}] {} {} cannot be deleted, the next run tries again: {}",
                    due.refId(),
                    due.kind().label(),
                    due.path(),
                    e.toString());
            return false;
        }
    }

    /** What a run did or would do, in the names of the HTTP contract. */
    public Map<String, Object> describe(DueFiles due) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("kind", due.kind().label());
        item.put("system", due.system());
        item.put("path", due.path());
        item.put("ref_id", due.refId().toString());
        item.put(
                "due_at",
                due.publishedAt()
                        .plus(due.kind() == DueFiles.Kind.SOURCE ? sourceLifespan : stagingLifespan)
                        .toString());
        reasonToKeep(due).ifPresent(reason -> item.put("reason", reason));
        return item;
    }

    /** Everything that is due, see {@link #describe}. */
    public List<Map<String, Object>> describeAll(
            List<Map<String, Object>> dueSources, List<Map<String, Object>> dueStaging) {
        return Stream.concat(
                        dueSources.stream().map(this::dueSource),
                        dueStaging.stream().map(this::dueStaging))
                .map(this::describe)
                .toList();
    }

    /** Events past their lifespan without a recorded upload: never deleted, somebody should look. */
    public List<Map<String, Object>> warnOfOverdue(List<Map<String, Object>> rows) {
        if (!rows.isEmpty()) {
            LOG.warn(
                    "{} events are past imaging.retention.source-lifespan and not uploaded, their sources are kept; first: {}",
                    rows.size(),
                    rows.get(0).get("ref_id"));
        }
        return rows.stream().map(this::describeOverdue).toList();
    }

    private Map<String, Object> describeOverdue(Map<String, Object> row) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("kind", DueFiles.Kind.SOURCE.label());
        item.put("system", row.get("system"));
        item.put("path", row.get("path"));
        item.put("ref_id", row.get("ref_id").toString());
        item.put(
                "due_at",
                SqlTimes.instantOf(row.get("appended_at")).plus(sourceLifespan).toString());
        item.put("reason", "not uploaded yet");
        return item;
    }

    private Map<String, Object> before(Duration lifespan) {
        OffsetDateTime before = clock.instant().minus(lifespan).atOffset(ZoneOffset.UTC);
        return Map.of("before", before);
    }

    private Path locate(DueFiles due) {
        return due.kind() == DueFiles.Kind.SOURCE
                ? shares.of(due.system()).imageSource(due.path())
                : staging.resolve(due.path());
    }

    /** What is missing on a share that is not mounted is not gone. */
    private static boolean isMounted(SystemShare share) {
        return Files.isDirectory(share.events());
    }

    private static Optional<Path> changedSince(Path tree, Instant moment) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isAfter(moment)) {
                    return Optional.of(path);
                }
            }
        }
        return Optional.empty();
    }
}
