package routes.replay.job.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import routes.replay.job.JobFailedException;
import routes.replay.job.StopCondition;
import routes.replay.protocol.FrameHeader;

/**
 * Entries that a job has read and its sink has not taken yet: the next one and, where there is nothing to wait for, those
 * behind it, so that they can be sent together. Not thread-safe.
 */
final class SendWindow {

    /** How many entries are left out in one go before other jobs get their turn. */
    private static final int STRIDE = 64;

    private final SourceReader feed;
    private final Examination examination;
    private final boolean together;
    private final Deque<OutgoingEntry> entries = new ArrayDeque<>();
    private final BatchSize size;
    private int handedOver;
    private @Nullable JobFailedException problem;

    /** Examines each entry when it is read. */
    interface Examination {

        /** @throws JobFailedException the job cannot go on with this entry */
        void examine(OutgoingEntry entry, long now) throws JobFailedException;
    }

    /**
     * @param together whether frames may be sent together
     * @param size how many of them
     */
    SendWindow(SourceReader feed, Examination examination, boolean together, BatchSize size) {
        this.feed = feed;
        this.examination = examination;
        this.together = together;
        this.size = size;
    }

    /** The entry to be sent next; empty when nothing is there yet. */
    Optional<OutgoingEntry> next(long now) throws JobFailedException {
        if (entries.isEmpty()) {
            if (problem != null) {
                throw problem;
            }
            take(feed.next(now), now);
        }
        return Optional.ofNullable(entries.peek());
    }

    /**
     * The messages to hand over: the next entry and the frames behind it, as far as the stop condition allows.
     *
     * @param limit at most this many, at least one
     */
    List<JobMessage> batch(Optional<StopCondition> condition, long limit, long now) {
        List<JobMessage> batch = upTo(condition, Math.min(size.frames(), limit), size.bytes(), now);
        handedOver = batch.size();
        return batch;
    }

    /** Reads the next batch while one is on its way. */
    void prefetch(Optional<StopCondition> condition, long now) {
        upTo(condition, 2L * size.frames(), 2 * size.bytes(), now);
    }

    private List<JobMessage> upTo(Optional<StopCondition> condition, long frames, long size, long now) {
        List<JobMessage> messages = new ArrayList<>();
        Optional<StopCondition> left = condition;
        long bytes = 0;
        long leftOut = feed.skipped() + STRIDE;
        // The iterator is not used once it is at its end: what is read after that comes behind it
        Iterator<OutgoingEntry> known = entries.iterator();
        int unseen = entries.size();
        while (messages.size() < frames && bytes < size && left.isPresent() && feed.skipped() < leftOut) {
            Optional<OutgoingEntry> entry = unseen-- > 0 ? Optional.of(known.next()) : readAhead(now);
            Optional<FrameHeader> frame = entry.flatMap(OutgoingEntry::frame);
            if (entry.isEmpty() || frame.isEmpty() && !messages.isEmpty()) {
                break;
            }
            JobMessage message = entry.get().message();
            messages.add(message);
            bytes += message.bytes();
            // Ends of streams are answered, so they are sent alone
            left = frame.isEmpty() ? Optional.empty() : left.get().after(frame.get(), now);
        }
        return messages;
    }

    /** The sink took this many messages of the batch. */
    List<OutgoingEntry> remove(int count) {
        size.taken(count == handedOver);
        return Stream.generate(entries::remove).limit(count).toList();
    }

    private Optional<OutgoingEntry> readAhead(long now) {
        if (!together || problem != null) {
            return Optional.empty();
        }
        try {
            return take(feed.nextIfAny(), now);
        } catch (JobFailedException e) {
            // The entries before it are sent first
            problem = e;
            return Optional.empty();
        }
    }

    private Optional<OutgoingEntry> take(Optional<OutgoingEntry> entry, long now) throws JobFailedException {
        if (entry.isPresent()) {
            examination.examine(entry.get(), now);
            entries.add(entry.get());
        }
        return entry;
    }
}
