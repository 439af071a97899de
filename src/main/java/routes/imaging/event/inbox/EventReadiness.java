package routes.imaging.event.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.imaging.event.EventType;
import routes.imaging.event.FileNames;
import routes.imaging.event.ImagingEvent;
import routes.imaging.event.SystemShare;
import routes.imaging.tar.SourceChangedException;
import routes.imaging.tar.TarListing;
import routes.platform.InvalidInputException;

/**
 * Decides which event files of one system may be taken now. A file is looked at again and again until it has not
 * changed for a while, is whole JSON, and its images are there and have not changed for a while either; one that waits
 * does not hold up the others. A file that has waited long enough is let through as it is: {@link EventInbox} then
 * says what is wrong with it. Images that still change are waited for as long as they do.
 *
 * <p>Remembers one small observation for each file that waits, and drops it when the file is gone. Between two looks a file
 * costs no access to the share.
 */
public final class EventReadiness {

    /**
     * The most files that one poll offers. When more are waiting, only the oldest are offered, and the others cost
     * nothing.
     */
    public static final int MOST_AT_ONCE = 500;

    private static final Logger LOG = LoggerFactory.getLogger(EventReadiness.class);
    private static final Duration FORGET_AFTER = Duration.ofMinutes(10);
    private static final Duration FIRST_POSTPONEMENT = Duration.ofSeconds(1);
    private static final Duration LONGEST_POSTPONEMENT = Duration.ofMinutes(5);

    private final SystemShare share;
    private final EventReader reader;
    private final Waiting waiting;
    private final Clock clock;
    private final Map<Path, Observation> observations = new ConcurrentHashMap<>();
    private final Map<Path, WaitingEvent> waitingEvents = new ConcurrentHashMap<>();
    private Instant lastTidied;
    private volatile Instant polledAt;
    private volatile Instant polledBefore;
    private Instant newestOffered = Instant.MAX;

    EventReadiness(SystemShare share, EventReader reader, Waiting waiting, Clock clock) {
        this.share = share;
        this.reader = reader;
        this.waiting = waiting;
        this.clock = clock;
        this.lastTidied = clock.instant();
        this.polledAt = lastTidied;
        this.polledBefore = lastTidied;
    }

    /**
     * The waiting times.
     *
     * @param settle a file and its images have to be unchanged for this long
     * @param parseGrace a file that is not JSON may still become it for this long after its last change
     * @param imageGrace images may be missing for this long after the event file and the other images last changed
     * @param imageRecheck pause between two looks at missing images
     */
    record Waiting(Duration settle, Duration parseGrace, Duration imageGrace, Duration imageRecheck) {}

    /** The contents of an event that matter here, kept so that the file is read once and not at every look. */
    private record Announced(Instant timestamp, String imageDir, int images, EventType type) {}

    /**
     * The state of the images at one look.
     *
     * @param count empty when their folder is not there
     * @param fingerprint see {@link TarListing#fingerprint()}
     * @param unchangedSince when they were first seen like this
     * @param missing what the event announces and is not there, for people
     */
    private record Images(OptionalInt count, String fingerprint, Instant unchangedSince, Optional<String> missing) {}

    /**
     * What is known about one version of a file.
     *
     * @param lookAgainAt the file is not touched before
     * @param retired dealt with, and still there because its share is read-only
     */
    private record Observation(
            long size,
            Instant modified,
            Instant unchangedSince,
            Instant lookAgainAt,
            @Nullable Announced announced,
            @Nullable Images images,
            boolean ready,
            boolean retired,
            int postponements,
            Instant seen) {

        boolean isOf(BasicFileAttributes attributes) {
            return size == attributes.size()
                    && modified.equals(attributes.lastModifiedTime().toInstant());
        }

        /** When the event happened; a file that cannot be read sorts before all others. */
        Instant timestamp() {
            return announced == null ? Instant.MIN : announced.timestamp();
        }

        boolean isToBeOffered(Instant now) {
            return ready && !retired && !now.isBefore(lookAgainAt);
        }

        Observation seenAt(Instant now) {
            return with(lookAgainAt, announced, images, ready, retired, postponements, now);
        }

        Observation finding(Announced event, Images found) {
            return with(lookAgainAt, event, found, ready, retired, postponements, seen);
        }

        Observation waitUntil(Instant time) {
            return with(time, announced, images, ready, retired, postponements, seen);
        }

        Observation nowReady() {
            return with(seen, announced, images, true, retired, postponements, seen);
        }

        Observation postponed(Instant until) {
            return with(until, announced, images, ready, retired, postponements + 1, seen);
        }

        Observation retiredUntil(Instant time) {
            return with(time, announced, images, ready, true, postponements, seen);
        }

        private Observation with(
                Instant look,
                @Nullable Announced event,
                @Nullable Images found,
                boolean isReady,
                boolean isRetired,
                int failures,
                Instant at) {
            return new Observation(
                    size, modified, unchangedSince, look, event, found, isReady, isRetired, failures, at);
        }
    }

    /**
     * All files of one poll are judged at the same moment: those that were first seen together are ready together, however
     * long it takes to list them, and can be put in the order of their events.
     */
    synchronized void beginPoll() {
        polledBefore = polledAt;
        polledAt = clock.instant();
        forgetTheGone(polledAt);
        newestOffered = observations.size() > MOST_AT_ONCE ? newestOf(MOST_AT_ONCE) : Instant.MAX;
    }

    /** The time of the newest among the given number of oldest files that are ready. Postponed files do not count. */
    private Instant newestOf(int count) {
        return observations.values().stream()
                .filter(observation -> observation.isToBeOffered(polledAt))
                .map(Observation::timestamp)
                .sorted()
                .limit(count)
                .reduce(Instant.MIN, (older, newer) -> newer);
    }

    /** Whether the file may be taken now. */
    synchronized boolean isReady(Path file) {
        Instant now = polledAt;
        Observation before = observations.get(file);
        if (before != null && (now.isBefore(before.lookAgainAt()) || before.ready() && isTooNew(before))) {
            observations.put(file, before.seenAt(now));
            return false;
        }
        try {
            Observation observation = look(file, before, now);
            observations.put(file, observation);
            return observation.ready() && !now.isBefore(observation.lookAgainAt()) && !isTooNew(observation);
        } catch (IOException e) {
            // The file vanished or became unreachable after it was listed: the next poll will see
            forget(file);
            return false;
        }
    }

    /** Oldest event first; a file that cannot be read comes before all others, so that it is out of the way. */
    public Comparator<Path> oldestFirst() {
        return Comparator.comparing(this::timestampOf).thenComparing(Path::getFileName);
    }

    /** Postpones the file after a failure, longer each time, so that it does not hold up the others. */
    synchronized void postpone(Path file, String reason) {
        observations.computeIfPresent(file, (path, observation) -> {
            Duration pause = FIRST_POSTPONEMENT.multipliedBy(1L << Math.min(observation.postponements(), 16));
            Duration bounded = pause.compareTo(LONGEST_POSTPONEMENT) < 0 ? pause : LONGEST_POSTPONEMENT;
            Instant next = clock.instant().plus(bounded);
            waitingEvents.put(file, waitingEvent(file, reason, observation.unchangedSince(), next));
            return observation.postponed(next);
        });
    }

    synchronized void forget(Path file) {
        observations.remove(file);
        waitingEvents.remove(file);
    }

    /** Stops offering this version of the file: it was dealt with and cannot be removed. */
    synchronized void retire(Path file) {
        Instant later = clock.instant().plus(waiting.imageRecheck());
        observations.computeIfPresent(file, (path, observation) -> observation.retiredUntil(later));
    }

    /**
     * Whether the file is still the version that was offered; true for a file that was never looked at.
     *
     * @throws NoSuchFileException when it is gone
     */
    synchronized boolean isUnchanged(Path file) throws IOException {
        BasicFileAttributes attributes = attributesOf(file);
        Observation observation = observations.get(file);
        return observation == null || observation.isOf(attributes);
    }

    /** Whether one of the last two polls found the file. */
    boolean knows(Path file) {
        Observation observation = observations.get(file);
        return observation != null && !observation.seen().isBefore(polledBefore);
    }

    /**
     * Events that wait for something that is missing, or that failed and are tried again; longest wait first. Does
     * not wait for a share that hangs.
     */
    public List<WaitingEvent> waitingEvents() {
        return waitingEvents.entrySet().stream()
                .filter(waiting -> knows(waiting.getKey()))
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparing(WaitingEvent::since))
                .toList();
    }

    private boolean isTooNew(Observation observation) {
        return observation.timestamp().isAfter(newestOffered);
    }

    private Instant timestampOf(Path file) {
        Observation observation = observations.get(file);
        return observation == null ? Instant.MIN : observation.timestamp();
    }

    private Observation look(Path file, @Nullable Observation before, Instant now) throws IOException {
        BasicFileAttributes attributes = attributesOf(file);
        if (before == null || !before.isOf(attributes)) {
            Instant settled = now.plus(waiting.settle());
            Observation first = new Observation(
                    attributes.size(),
                    attributes.lastModifiedTime().toInstant(),
                    now,
                    settled,
                    null,
                    null,
                    false,
                    false,
                    0,
                    now);
            return inspect(file, first, now);
        }
        Observation observation = before.seenAt(now);
        if (observation.retired()) {
            return observation.retiredUntil(now.plus(waiting.imageRecheck()));
        }
        return observation.ready() ? observation : inspect(file, observation, now);
    }

    private Observation inspect(Path file, Observation observation, Instant now) throws NoSuchFileException {
        boolean settled = isOver(waiting.settle(), observation.unchangedSince(), now);
        try {
            Announced announced = observation.announced();
            if (announced == null) {
                ImagingEvent event = reader.read(file);
                announced = new Announced(
                        event.timestamp().toInstant(), event.imageDir(), event.imageCount(), event.type());
            }
            Images images = look(announced, observation.images(), now);
            Observation known = observation.finding(announced, images);
            if (!settled) {
                return known;
            }
            Instant unchanged = observation.unchangedSince();
            if (images.count().isPresent() && !isOver(waiting.settle(), images.unchangedSince(), now)) {
                Instant until = images.unchangedSince().plus(waiting.settle());
                waits(file, known, "img_dir: the images in " + announced.imageDir() + " still change", until, now);
                return known.waitUntil(until);
            }
            Instant lastChange =
                    images.count().isPresent() && images.unchangedSince().isAfter(unchanged)
                            ? images.unchangedSince()
                            : unchanged;
            Optional<String> missing = images.missing();
            boolean waits = missing.isPresent()
                    && waits(file, known, missing.get(), lastChange.plus(waiting.imageGrace()), now);
            return waits ? known.waitUntil(now.plus(waiting.imageRecheck())) : taken(file, known);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (UnreadableJsonException | IOException e) {
            String reason = e instanceof IOException ? "file: cannot be read: " + e.getMessage() : e.getMessage();
            Instant until = observation.unchangedSince().plus(waiting.parseGrace());
            return !settled || waits(file, observation, reason, until, now)
                    ? observation.waitUntil(now.plus(waiting.settle()))
                    : taken(file, observation);
        } catch (InvalidInputException e) {
            return settled ? taken(file, observation) : observation;
        }
    }

    private static boolean isOver(Duration time, Instant since, Instant now) {
        return !now.isBefore(since.plus(time));
    }

    private Observation taken(Path file, Observation observation) {
        waitingEvents.remove(file);
        return observation.nowReady();
    }

    /** Whether there is still time to wait; logs this once for each version of the file, with the end of the wait. */
    private boolean waits(Path file, Observation observation, String reason, Instant until, Instant now) {
        if (!now.isBefore(until)) {
            return false;
        }
        Instant since = observation.unchangedSince();
        WaitingEvent waits = waitingEvent(file, reason, since, until);
        WaitingEvent before = waitingEvents.put(file, waits);
        if (before == null || !before.since().equals(since)) {
            LOG.info(
                    "Event {} of {} waits until {} at most ({}): {}",
                    waits.file(),
                    share.system(),
                    until,
                    Duration.between(since, until),
                    waits.reason());
        }
        return true;
    }

    private WaitingEvent waitingEvent(Path file, String reason, Instant since, Instant until) {
        return new WaitingEvent(
                share.system(), FileNames.printable(file.getFileName()), FileNames.printable(reason), since, until);
    }

    /** Images that cannot be looked at count as missing; after the grace time the event's reader reports why. */
    private Images look(Announced event, @Nullable Images before, Instant now) {
        try {
            Path source = share.imageSource(event.imageDir());
            OptionalInt count = ImageSource.countImages(source, event.type());
            if (count.isEmpty()) {
                return new Images(
                        count,
                        "",
                        now,
                        Optional.of("img_dir: " + event.imageDir() + " does not exist (" + FileNames.printable(source)
                                + "); if it does not appear, the event is refused"));
            }
            String fingerprint = fingerprintOf(source, now);
            boolean unchanged = before != null && before.fingerprint().equals(fingerprint);
            Optional<String> missing = count.getAsInt() >= event.images()
                    ? Optional.empty()
                    : Optional.of("img_count: " + event.imageDir() + " holds " + count.getAsInt() + " of "
                            + event.images() + " images; if no more come, the event is published as it is");
            return new Images(count, fingerprint, unchanged ? before.unchangedSince() : now, missing);
        } catch (IOException | UncheckedIOException e) {
            return new Images(
                    OptionalInt.empty(),
                    "",
                    now,
                    Optional.of("img_dir: " + event.imageDir() + " cannot be looked at: " + e.getMessage()));
        }
    }

    /** Images that change while they are listed equal no other state. */
    private static String fingerprintOf(Path source, Instant now) throws IOException {
        try {
            return TarListing.of(source).fingerprint();
        } catch (SourceChangedException e) {
            return "changed at " + now;
        }
    }

    private static BasicFileAttributes attributesOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private void forgetTheGone(Instant now) {
        if (now.isBefore(lastTidied.plus(FORGET_AFTER))) {
            return;
        }
        observations
                .values()
                .removeIf(observation -> observation.seen().plus(FORGET_AFTER).isBefore(now));
        waitingEvents.keySet().retainAll(observations.keySet());
        lastTidied = now;
    }
}
