package routes.component.redisstream.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of one reading thread of a consumer, with its own connection, because a blocking read keeps a connection
 * busy. Each turn takes up one entry whose retry is due, then reads new entries if there is room to hold them.
 */
public final class StreamReader implements WorkLoop.Work {

    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);

    private final StreamGroup group;
    private final RedisLink link;
    private final GroupKeeper keeper;
    private final Gate gate;
    private final InFlight inFlight;
    private final Acknowledgements acknowledgements;
    private final StreamStatistics statistics;
    private final RetryPolicy retryPolicy;
    private final EntryProcessor processor;
    private final int count;
    private final Duration block;

    public StreamReader(
            StreamGroup group,
            RedisLink link,
            GroupKeeper keeper,
            Gate gate,
            InFlight inFlight,
            Acknowledgements acknowledgements,
            StreamStatistics statistics,
            RetryPolicy retryPolicy,
            EntryProcessor processor,
            int count,
            Duration block) {
        this.group = group;
        this.link = link;
        this.keeper = keeper;
        this.gate = gate;
        this.inFlight = inFlight;
        this.acknowledgements = acknowledgements;
        this.statistics = statistics;
        this.retryPolicy = retryPolicy;
        this.processor = processor;
        this.count = count;
        this.block = block;
    }

    @Override
    public boolean awaitTurn() throws InterruptedException {
        return gate.awaitOpen();
    }

    @Override
    public void turn() throws InterruptedException {
        keeper.prepareOnce();
        Optional<String> due = inFlight.pollDue();
        if (due.isPresent()) {
            tryAgain(due.get());
        }
        readNew();
    }

    /** Also interrupts a read that is waiting. */
    @Override
    public void reset() {
        link.drop();
    }

    public void close() {
        link.close();
    }

    private void readNew() throws InterruptedException {
        Duration patience = inFlight.untilDue(block);
        int reserved = inFlight.reserve(count, patience);
        if (reserved == 0) {
            return;
        }
        Queue<StreamEntry> entries = new ArrayDeque<>();
        try {
            read(reserved).stream().filter(this::hold).forEach(entries::add);
        } finally {
            inFlight.unreserve(reserved - entries.size());
        }
        processAll(entries);
    }

    private List<StreamEntry> read(int most) {
        if (!gate.enter()) {
            return List.of();
        }
        try {
            return group.readNew(link, most, inFlight.untilDue(block));
        } finally {
            gate.leave();
        }
    }

    private boolean hold(StreamEntry entry) {
        boolean news = inFlight.holdWorking(entry.id());
        if (!news) {
            statistics.count(StreamOutcome.DUPLICATE);
        }
        return news;
    }

    private void processAll(Queue<StreamEntry> entries) {
        StreamEntry entry;
        while (gate.isOpen() && (entry = entries.poll()) != null) {
            process(entry);
        }
        if (!entries.isEmpty()) {
            List<String> untouched = entries.stream().map(StreamEntry::id).toList();
            untouched.forEach(inFlight::release);
            group.handOver(untouched);
        }
    }

    private void tryAgain(String id) {
        StreamGroup.Taken taken;
        try {
            taken = group.take(id);
        } catch (RuntimeException e) {
            inFlight.retryIn(id, Duration.ofSeconds(1));
            throw e;
        }
        switch (taken.state()) {
            case ENTRY -> processAgain(taken.entry());
            case GONE -> drop(id, StreamOutcome.DUPLICATE);
            case LOST -> drop(id, StreamOutcome.LOST);
            case DELETED -> {
                LOG.warn("Entry {} was pending in {}, but its data has been deleted; acknowledged", id, group);
                drop(id, StreamOutcome.DELETED);
            }
        }
    }

    private void processAgain(StreamEntry entry) {
        if (retryPolicy.exceeded(entry.deliveries())) {
            long before = entry.deliveries() - 1;
            acknowledgements.bury(entry.id(), "gave up after " + before + " deliveries without an answer", before);
        } else {
            statistics.count(StreamOutcome.REDELIVERED);
            process(entry);
        }
    }

    private void process(StreamEntry entry) {
        if (!group.isMeantBy(entry)) {
            acknowledgements.acknowledge(entry.id());
            return;
        }
        statistics.count(StreamOutcome.DELIVERED);
        processor.process(entry.original());
    }

    private void drop(String id, StreamOutcome outcome) {
        statistics.count(outcome);
        inFlight.release(id);
    }
}
