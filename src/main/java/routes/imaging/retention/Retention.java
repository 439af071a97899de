package routes.imaging.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.imaging.event.StreamMessages;
import routes.imaging.event.SystemShare;
import routes.imaging.event.SystemShares;
import routes.imaging.event.inbox.StagingArea;
import routes.imaging.tar.GeneratedMetadata;
import routes.imaging.tar.TarLayout;
import routes.platform.InvalidInputException;
import routes.platform.sql.SqlTimes;

/**
 * Deletes sources and staging copies whose upload is recorded and whose lifespan is over, but only what is proven to
 * be in the object, see {@link ProvenDeletion}. Files that are already gone are fine.
 */
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private final SystemShares shares;
    private final StagingArea staging;
    private final ProvenDeletion deletion;
    private final StreamMessages messages;
    private final ObjectMapper json;
    private final Set<String> deleteSystems;
    private final Duration sourceLifespan;
    private final Duration stagingLifespan;
    private final Clock clock;

    public Retention(
            SystemShares shares,
            StagingArea staging,
            ProvenDeletion deletion,
            StreamMessages messages,
            ObjectMapper json,
            Collection<String> deleteSystems,
            Duration sourceLifespan,
            Duration stagingLifespan,
            Clock clock) {
        this.shares = shares;
        this.staging = staging;
        this.deletion = deletion;
        this.messages = messages;
        this.json = json;
        this.deleteSystems = Set.copyOf(deleteSystems);
        this.sourceLifespan = sourceLifespan;
        this.stagingLifespan = stagingLifespan;
        this.clock = clock;
    }

    /** Named parameters of the statements that select sources. */
    public Map<String, Object> sourceCutoff() {
        return before(sourceLifespan);
    }

    /** Named parameters of the statements that select staging copies. */
    public Map<String, Object> stagingCutoff() {
        return before(stagingLifespan);
    }

    public DueFiles dueSource(Map<String, Object> row) {
        return DueFiles.of(DueFiles.Kind.SOURCE, row);
    }

    public DueFiles dueStaging(Map<String, Object> row) {
        return DueFiles.of(DueFiles.Kind.STAGING, row);
    }

    /** @param rows of {@code list-unrecorded-sources.sql} */
    public UnrecordedSources unrecorded(List<Map<String, Object>> rows) {
        return UnrecordedSources.of(rows, shares);
    }

    /** Whether files of this kind and system are deleted at all. */
    public boolean covers(DueFiles due) {
        return due.kind() == DueFiles.Kind.STAGING || deleteSystems.contains(due.system());
    }

    /**
     * Deletes a source, or finds why it is kept.
     *
     * @param event row of {@code show-event.sql}
     * @return null when it is gone
     */
    public @Nullable String removeSource(DueFiles due, List<Map<String, Object>> event, UnrecordedSources unrecorded) {
        return remove(due, event.get(0), unrecorded);
    }

    /** Does the same for a staging copy, which belongs to Caravan alone. */
    public @Nullable String removeStaging(DueFiles due, List<Map<String, Object>> event) {
        return remove(due, event.get(0), UnrecordedSources.NONE);
    }

    private @Nullable String remove(DueFiles due, Map<String, Object> event, UnrecordedSources unrecorded) {
        String label = due.kind().label();
        Optional<String> reason = reasonToKeep(due, unrecorded);
        if (reason.isEmpty()) {
            reason = removeProven(due, event);
        }
        if (reason.isEmpty()) {
            LOG.info("[{}] {} {} is deleted; its object is {}", due.refId(), label, due.path(), due.key());
        } else if (!reason.get().equals(due.keptBecause())) {
            LOG.warn("[{}] {} {} is due but kept: {}", due.refId(), label, due.path(), reason.get());
        }
        return reason.orElse(null);
    }

    private Optional<String> removeProven(DueFiles due, Map<String, Object> event) {
        try {
            Path path = locate(due);
            return Files.exists(path)
                    ? deletion.delete(due, path, GeneratedMetadata.of(messages.recordedEvent(event), json))
                    : Optional.empty();
        } catch (AccessDeniedException e) {
            return Optional.of("this process may not read or delete " + e.getFile());
        } catch (InvalidInputException | IllegalArgumentException | IOException | UncheckedIOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Reasons to keep that need no file to be read; empty when the files must be compared. */
    private Optional<String> reasonToKeep(DueFiles due, UnrecordedSources unrecorded) {
        if (!covers(due)) {
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
            if (!Files.exists(path)) {
                return Optional.empty();
            }
            return unrecorded.overlap(path)
                    ? Optional.of("images of another event, which is not uploaded yet, are in or around it")
                    : ProvenDeletion.excess(due, TarLayout.of(path, Optional.empty()));
        } catch (InvalidInputException | IllegalArgumentException | IOException | UncheckedIOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Map<String, Object> describe(DueFiles due, UnrecordedSources unrecorded) {
        Map<String, Object> item = item(
                due.kind(),
                due.system(),
                due.path(),
                due.refId(),
                due.publishedAt().plus(due.kind() == DueFiles.Kind.SOURCE ? sourceLifespan : stagingLifespan));
        reasonToKeep(due, unrecorded)
                .or(() -> Optional.ofNullable(due.keptBecause()))
                .ifPresent(reason -> item.put("reason", reason));
        return item;
    }

    /** Part of the result of a run, or of a dry run, in the names of the HTTP contract. */
    private static Map<String, Object> item(
            DueFiles.Kind kind, Object system, Object path, Object refId, Instant dueAt) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("kind", kind.label());
        item.put("system", system);
        item.put("path", path);
        item.put("ref_id", refId.toString());
        item.put("due_at", dueAt.toString());
        return item;
    }

    /**
     * Everything that is due, with the reason why it is kept, as far as that is known without reading all files
     * again.
     */
    public List<Map<String, Object>> describeAll(
            List<Map<String, Object>> dueSources,
            List<Map<String, Object>> dueStaging,
            List<Map<String, Object>> unrecorded) {
        UnrecordedSources others = unrecorded(unrecorded);
        return Stream.concat(
                        dueSources.stream().map(row -> describe(dueSource(row), others)),
                        dueStaging.stream().map(row -> describe(dueStaging(row), UnrecordedSources.NONE)))
                .toList();
    }

    /**
     * Reports events past their lifespan without a recorded upload: they are never deleted, and somebody should look.
     */
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
        Instant dueAt = SqlTimes.instantOf(row.get("appended_at")).plus(sourceLifespan);
        Map<String, Object> item =
                item(DueFiles.Kind.SOURCE, row.get("system"), row.get("path"), row.get("ref_id"), dueAt);
        item.put("reason", "not uploaded yet");
        return item;
    }

    private Map<String, Object> before(Duration lifespan) {
        return Map.of("before", SqlTimes.of(clock.instant().minus(lifespan)));
    }

    private Path locate(DueFiles due) {
        return due.kind() == DueFiles.Kind.SOURCE
                ? shares.of(due.system()).imageSource(due.path())
                : staging.resolve(due.path());
    }

    /** A file that is missing on an unmounted share is not gone. */
    private static boolean isMounted(SystemShare share) {
        return Files.isDirectory(share.events());
    }
}
