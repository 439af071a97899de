package routes.imaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

import routes.platform.InvalidInputException;

/**
 * Decides which event files of one system may be taken now. A file is looked at again and again until it has not
 * changed for a while, is whole JSON, and its images are there; one that waits does not hold up the others. A file
 * that has waited long enough is let through as it is: {@link EventInbox} then says what is wrong with it.
 *
 * <p>Remembers one small observation for each file that waits, and drops it when the file is gone.
 */
final class EventReadiness {

    private static final Duration FORGET_AFTER = Duration.ofMinutes(10);
    private static final Duration FIRST_POSTPONEMENT = Duration.ofSeconds(1);
    private static final Duration LONGEST_POSTPONEMENT = Duration.ofMinutes(5);

    private final SystemShare share;
    private final EventReader reader;
    private final Waiting waiting;
    private final Clock clock;
    private final Map<Path, Observation> observations = new HashMap<>();
    private Instant lastTidied;

    EventReadiness(SystemShare share, EventReader reader, Waiting waiting, Clock clock) {
        this.share = share;
        this.reader = reader;
        this.waiting = waiting;
        this.clock = clock;
        this.lastTidied = clock.instant();
    }

    /**
     * How long to wait for what.
     *
     * @param settle a file has to be unchanged for this long
     * @param parseGrace a file that is not JSON may still become it for this long after its last change
     * @param imageGrace images may be missing for this long after the event file settled
     * @param imageRecheck pause between two looks at missing images
     */
    record Waiting(Duration settle, Duration parseGrace, Duration imageGrace, Duration imageRecheck) {}

    private record Observation(
            long size,
            Instant modified,
            Instant unchangedSince,
            Instant lookAgainAt,
            Instant timestamp,
            boolean ready,
            int postponements,
            Instant seen) {

        Observation seenAt(Instant now) {
            return new Observation(size, modified, unchangedSince, lookAgainAt, timestamp, ready, postponements, now);
        }

        Observation waitUntil(Instant time) {
            return new Observation(size, modified, unchangedSince, time, timestamp, false, postponements, seen);
        }

        Observation readyAs(Instant eventTime) {
            return new Observation(size, modified, unchangedSince, seen, eventTime, true, postponements, seen);
        }

        Observation postponed(Instant until) {
            return new Observation(size, modified, unchangedSince, until, timestamp, ready, postponements + 1, seen);
        }
    }

    /** Whether the file may be taken now. */
    synchronized boolean isReady(Path file) {
        Instant now = clock.instant();
        forgetTheGone(now);
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Observation observation = observe(file, attributes, now);
            if (!observation.ready() && !now.isBefore(observation.lookAgainAt())) {
                observation = inspect(file, observation, now);
            }
            observations.put(file, observation);
            return observation.ready() && !now.isBefore(observation.lookAgainAt());
        } catch (IOException e) {
            // Gone or unreadable between listing and looking: the next poll sees what became of it
            observations.remove(file);
            return false;
        }
    }

    /** Oldest event first; what cannot be read comes before all, so that it is out of the way. */
    Comparator<Path> oldestFirst() {
        return Comparator.comparing(this::timestampOf).thenComparing(Path::getFileName);
    }

    /** Leaves the file for a while after a failure, longer each time, so that it does not hold up the others. */
    synchronized void postpone(Path file) {
        observations.computeIfPresent(file, (path, observation) -> {
            Duration pause = FIRST_POSTPONEMENT.multipliedBy(1L << Math.min(observation.postponements(), 16));
            Duration bounded = pause.compareTo(LONGEST_POSTPONEMENT) < 0 ? pause : LONGEST_POSTPONEMENT;
            return observation.postponed(clock.instant().plus(bounded));
        });
    }

    synchronized void forget(Path file) {
        observations.remove(file);
    }

    /** Event files that were seen and are not taken yet. */
    synchronized int waitingFiles() {
        return observations.size();
    }

    private synchronized Instant timestampOf(Path file) {
        Observation observation = observations.get(file);
        return observation == null ? Instant.MIN : observation.timestamp();
    }

    private Observation observe(Path file, BasicFileAttributes attributes, Instant now) {
        Observation before = observations.get(file);
        Instant modified = attributes.lastModifiedTime().toInstant();
        if (before != null
                && before.size() == attributes.size()
                && before.modified().equals(modified)) {
            return before.seenAt(now);
        }
        return new Observation(
                attributes.size(), modified, now, now.plus(waiting.settle()), Instant.MIN, false, 0, now);
    }

    private Observation inspect(Path file, Observation observation, Instant now) throws IOException {
        Instant unchangedSince = observation.unchangedSince();
        try {
            ImagingEvent event = reader.read(EventInbox.bytesOf(file));
            if (imagesAreThere(event) || !now.isBefore(unchangedSince.plus(waiting.imageGrace()))) {
                return observation.readyAs(event.timestamp().toInstant());
            }
            return observation.waitUntil(now.plus(waiting.imageRecheck()));
        } catch (UnreadableJsonException e) {
            return now.isBefore(unchangedSince.plus(waiting.parseGrace()))
                    ? observation.waitUntil(now.plus(waiting.settle()))
                    : observation.readyAs(Instant.MIN);
        } catch (InvalidInputException e) {
            return observation.readyAs(Instant.MIN);
        }
    }

    private boolean imagesAreThere(ImagingEvent event) throws IOException {
        OptionalInt found = ImageSource.countImages(share.imageSource(event.imageDir()), event.type());
        return found.isPresent() && found.getAsInt() >= event.imageCount();
    }

    private void forgetTheGone(Instant now) {
        if (now.isBefore(lastTidied.plus(FORGET_AFTER))) {
            return;
        }
        observations
                .values()
                .removeIf(observation -> observation.seen().plus(FORGET_AFTER).isBefore(now));
        lastTidied = now;
    }
}
