package routes.replay.job.stream;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import com.google.protobuf.UnsafeByteOperations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.FrameReader;
import routes.component.framestore.api.StoredEntry;
import routes.replay.job.FrameFilter;
import routes.replay.job.JobConfiguration;
import routes.replay.job.JobFailedException;
import routes.replay.job.MonotonicTime;
import routes.replay.protocol.MalformedMessageException;
import routes.replay.protocol.MessageDecoder;
import routes.replay.protocol.MessageKind;
import routes.replay.protocol.SavantMessage;

/**
 * Reads the log of a job's source and decodes what the job sends. Everything else is stepped over: user data, ends of
 * streams and frames that the job does not want, holes, entries that cannot be decoded. Not thread-safe.
 */
final class SourceReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SourceReader.class);

    /** How many entries are stepped over in one go before other jobs get their turn. */
    private static final int STRIDE = 64;

    private final FrameReader reader;
    private final String source;
    private final JobConfiguration job;
    private final FrameFilter.Run filter;
    private final Optional<TimestampRewriter> timeline;
    private final MessageDecoder decoder = new MessageDecoder();
    private final long maxIdle;
    private OptionalLong readingSince = OptionalLong.empty();
    private boolean nothingYet;
    private long skipped;
    private volatile boolean atEnd;

    /**
     * @param timeline absent: frames keep their timestamps
     * @param mustBeginWithFrame whether the first entry has to be a video frame
     */
    SourceReader(
            FrameReader reader,
            String source,
            JobConfiguration job,
            FrameFilter filter,
            Optional<TimestampRewriter> timeline,
            boolean mustBeginWithFrame) {
        this.reader = reader;
        this.source = source;
        this.job = job;
        this.filter = filter.new Run();
        this.timeline = timeline;
        this.maxIdle = MonotonicTime.nanos(job.maxIdleDuration());
        this.nothingYet = mustBeginWithFrame;
    }

    /**
     * The next entry to send. When there is none now, {@link #nextLook} says when to ask again.
     *
     * @throws JobFailedException nothing came for too long, or the job cannot go on with what came
     */
    Optional<OutgoingEntry> next(long now) throws JobFailedException {
        requireNotIdle(now);
        Optional<OutgoingEntry> entry = nextIfAny();
        if (entry.isEmpty() && readingSince.isEmpty()) {
            readingSince = OptionalLong.of(now);
        }
        return entry;
    }

    /** Like {@link #next}, but the time without an entry does not begin to count. */
    Optional<OutgoingEntry> nextIfAny() throws JobFailedException {
        for (int i = 0; i < STRIDE; i++) {
            // Set before the poll: whoever stores an entry after it must see this
            atEnd = true;
            Optional<StoredEntry> entry = reader.poll();
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            atEnd = false;
            readingSince = OptionalLong.empty();
            Optional<OutgoingEntry> prepared = prepare(entry.get());
            if (prepared.isPresent()) {
                return prepared;
            }
            skipped++;
        }
        return Optional.empty();
    }

    private void requireNotIdle(long now) throws JobFailedException {
        long since = readingSince.orElse(now);
        readingSince = OptionalLong.of(since);
        if (now - since > maxIdle) {
            Duration limit = job.maxIdleDuration();
            throw new JobFailedException("nothing new of " + source + " within " + limit);
        }
    }

    /** When to look again, unless something is stored earlier. */
    long nextLook(long now) {
        return atEnd ? readingSince.orElse(now) + maxIdle + 1 : now;
    }

    /** Whether the job waits for something to be stored. May be called by any thread. */
    boolean isAtEnd() {
        return atEnd;
    }

    /** Index of the entry to be read next. */
    long position() {
        return reader.position();
    }

    /** How many entries were not sent. */
    long skipped() {
        return skipped;
    }

    void resumedAfter(long pausedNanos) {
        if (readingSince.isPresent()) {
            readingSince = OptionalLong.of(readingSince.getAsLong() + pausedNanos);
        }
    }

    private Optional<OutgoingEntry> prepare(StoredEntry entry) throws JobFailedException {
        boolean isFirst = nothingYet;
        nothingYet = false;
        EntryKind kind = entry.info().kind();
        if (isFirst && kind != EntryKind.KEYFRAME && kind != EntryKind.FRAME) {
            throw new JobFailedException("the first entry, at index " + entry.index() + " of " + source
                    + ", is not a video frame, so there is no timestamp to start pacing from");
        }
        if (kind == EntryKind.USER_DATA || kind == EntryKind.END_OF_STREAM && job.skipIntermediaryEos()) {
            return Optional.empty();
        }
        try {
            return decode(entry);
        } catch (MalformedMessageException e) {
            LOG.warn("Entry {} of {} is left out of a job: {}", entry.index(), source, e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<OutgoingEntry> decode(StoredEntry entry) throws MalformedMessageException {
        if (entry.parts().isEmpty()) {
            throw new MalformedMessageException("it is empty");
        }
        SavantMessage stored =
                decoder.decode(UnsafeByteOperations.unsafeWrap(entry.parts().get(0)));
        boolean taken = stored.frame().map(filter::takes).orElse(stored.kind() == MessageKind.END_OF_STREAM);
        if (!taken) {
            return Optional.empty();
        }
        List<byte[]> data = job.sendMetadataOnly()
                ? List.of()
                : entry.parts().subList(1, entry.parts().size());
        SavantMessage placed = timeline.map(line -> line.place(stored)).orElse(stored);
        return Optional.of(new OutgoingEntry(
                entry.index(),
                entry.arrival(),
                JobMessage.recorded(entry.index(), placed, data),
                timeline.flatMap(TimestampRewriter::position),
                stored.header()));
    }

    @Override
    public void close() {
        reader.close();
    }
}
