package routes.component.framestore;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one source in order and follows it, one exchange at a time. What it has read is not remembered: who paces,
 * stops and resumes uses {@link FrameStore#read} instead.
 */
@ManagedResource(description = "Managed frame-store consumer")
public class FrameStoreConsumer extends DefaultConsumer {

    /** How long a stop may be late while there is nothing to read. */
    private static final Duration TURN = Duration.ofMillis(500);

    private final FrameStoreConfiguration options;
    private final String source;
    private final Optional<UUID> anchor;
    private final Offset offset;
    private volatile long position;
    private @Nullable ExecutorService thread;

    FrameStoreConsumer(FrameStoreEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.options = endpoint.getConfiguration();
        String given = options.getSource();
        if (given == null || given.isBlank()) {
            throw new IllegalArgumentException("Consuming from frame-store:" + options.getName()
                    + " needs the option source, the id of the source to read");
        }
        this.source = given;
        this.anchor = Optional.ofNullable(options.getKeyframe()).map(UUID::fromString);
        this.offset = options.getOffsetBlocks() == 0
                ? Offset.seconds(options.getOffsetSeconds())
                : Offset.blocks(options.getOffsetBlocks());
    }

    @Override
    public FrameStoreEndpoint getEndpoint() {
        return (FrameStoreEndpoint) super.getEndpoint();
    }

    @ManagedAttribute(description = "Source")
    public String getSource() {
        return source;
    }

    @ManagedAttribute(description = "Index to be read next")
    public long getPosition() {
        return position;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        FrameStore store = getEndpoint().store();
        ExecutorService fresh = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newSingleThreadExecutor(this, "FrameStore[" + options.getName() + "/" + source + "]");
        fresh.execute(() -> run(store));
        thread = fresh;
    }

    @Override
    protected void doStop() throws Exception {
        if (thread != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(thread);
            thread = null;
        }
        super.doStop();
    }

    private void run(FrameStore store) {
        try {
            OptionalLong start = awaitStart(store);
            if (start.isPresent()) {
                follow(store, start.getAsLong());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            handleException("Reading " + source + " of frame store " + options.getName() + " ended", e);
        }
    }

    /** Empty when the consumer is stopped before the keyframe is recorded. */
    private OptionalLong awaitStart(FrameStore store) throws InterruptedException {
        if (anchor.isEmpty()) {
            Long from = options.getFromIndex();
            return OptionalLong.of(from == null ? 0 : from);
        }
        long end = store.source(source).map(SourceSummary::nextIndex).orElse(0L);
        try (FrameReader newEntries = store.read(source, end, 1)) {
            while (isRunAllowed()) {
                Optional<Keyframe> start = store.startKeyframe(source, anchor.get(), offset);
                if (start.isPresent()) {
                    return OptionalLong.of(start.get().index());
                }
                newEntries.next(TURN);
            }
        }
        return OptionalLong.empty();
    }

    private void follow(FrameStore store, long start) throws InterruptedException {
        try (FrameReader reader = store.read(source, start, options.getReadAhead())) {
            while (isRunAllowed() && !isStoppingOrStopped()) {
                Optional<StoredEntry> entry = reader.next(TURN);
                entry.ifPresent(this::process);
                position = reader.position();
            }
        }
    }

    private void process(StoredEntry entry) {
        Exchange exchange = createExchange(false);
        try {
            fill(exchange, entry);
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() != null) {
            handleException(
                    "Entry " + entry.index() + " of " + source + " could not be processed",
                    exchange,
                    exchange.getException());
        }
        releaseExchange(exchange, false);
    }

    private static void fill(Exchange exchange, StoredEntry entry) {
        EntryInfo info = entry.info();
        exchange.getMessage().setBody(entry.parts());
        header(exchange, FrameStoreConstants.SOURCE, info.sourceId());
        header(exchange, FrameStoreConstants.KIND, info.kind());
        header(exchange, FrameStoreConstants.UUID, info.uuid());
        header(exchange, FrameStoreConstants.CREATED, info.createdNs());
        header(exchange, FrameStoreConstants.VIDEO, info.video());
        header(exchange, FrameStoreConstants.TOPIC, entry.topic());
        header(exchange, FrameStoreConstants.INDEX, entry.index());
        header(exchange, FrameStoreConstants.ARRIVAL, entry.arrival().toEpochMilli());
        header(exchange, Exchange.MESSAGE_TIMESTAMP, entry.arrival().toEpochMilli());
    }

    private static void header(Exchange exchange, String name, @Nullable Object value) {
        if (value != null) {
            exchange.getMessage().setHeader(name, value);
        }
    }
}
