package routes.component.redisstream;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;

import io.lettuce.core.RedisException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.UnitOfWorkHelper;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.component.redisstream.RedisStreamComponent.ConsumerIdentity;
import routes.component.redisstream.stream.Acknowledgements;
import routes.component.redisstream.stream.Gate;
import routes.component.redisstream.stream.GroupKeeper;
import routes.component.redisstream.stream.InFlight;
import routes.component.redisstream.stream.ReadingState;
import routes.component.redisstream.stream.RedisLink;
import routes.component.redisstream.stream.RetryPolicy;
import routes.component.redisstream.stream.StreamEntry;
import routes.component.redisstream.stream.StreamGroup;
import routes.component.redisstream.stream.StreamMeters;
import routes.component.redisstream.stream.StreamOutcome;
import routes.component.redisstream.stream.StreamReader;
import routes.component.redisstream.stream.StreamStatistics;
import routes.component.redisstream.stream.WorkLoop;

/** Reads the stream for a group and settles each entry when its exchange has ended. */
@ManagedResource(description = "Managed redis-stream consumer")
public class RedisStreamConsumer extends DefaultConsumer implements Suspendable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisStreamConsumer.class);

    /** How long to wait for reads and answers when stopping; a process must be gone within 10 s of SIGTERM. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

    private final RedisStreamConfiguration options;
    private final Clock clock = Clock.systemUTC();
    private final ConsumerIdentity identity;
    private final StreamStatistics statistics;
    private final EntryExchanges exchanges;
    private final RetryPolicy retryPolicy;
    private final Rejections rejections;

    private volatile @Nullable Running running;

    RedisStreamConsumer(RedisStreamEndpoint endpoint, Processor processor) throws ClassNotFoundException {
        super(endpoint, processor);
        this.options = endpoint.getConfiguration();
        this.identity = new ConsumerIdentity(options.getStream(), requireGroup(), consumerName());
        this.statistics = new StreamStatistics(
                StreamMeters.find(endpoint.getCamelContext(), identity.stream(), identity.group()));
        this.exchanges = new EntryExchanges(this, identity, options);
        this.retryPolicy = new RetryPolicy(
                durations(options.getRetryDelays()),
                options.getRetryJitter(),
                options.getMaxDeliveries(),
                Duration.ofMillis(options.getDeadAfter()));
        this.rejections = new Rejections(exceptionTypes());
    }

    @Override
    public RedisStreamEndpoint getEndpoint() {
        return (RedisStreamEndpoint) super.getEndpoint();
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        RedisStreamHealthCheck check = new RedisStreamHealthCheck(this, "consumer:" + getRouteId());
        check.setEnabled(getEndpoint().getComponent().isHealthCheckConsumerEnabled());
        setHealthCheck(check);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        getEndpoint().getComponent().register(identity);
        Running fresh = new Running();
        running = fresh;
        fresh.start();
    }

    @Override
    protected void doSuspend() throws Exception {
        Running current = running;
        if (current != null) {
            current.suspend();
        }
        super.doSuspend();
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        Running current = running;
        if (current != null) {
            current.resume();
        }
    }

    @Override
    protected void doStop() throws Exception {
        Running current = running;
        if (current != null) {
            running = null;
            current.stop();
            getEndpoint().getComponent().unregister(identity);
        }
        super.doStop();
    }

    @ManagedAttribute(description = "Stream")
    public String getStream() {
        return identity.stream();
    }

    @ManagedAttribute(description = "Group")
    public String getGroup() {
        return identity.group();
    }

    @ManagedAttribute(description = "Name of this consumer in the group")
    public String getConsumerName() {
        return identity.consumer();
    }

    @ManagedAttribute(description = "Entries being processed now")
    public int getInFlight() {
        Running current = running;
        return current == null ? 0 : current.inFlight.working();
    }

    @ManagedAttribute(description = "Entries held here that wait for another try")
    public int getPendingRetries() {
        Running current = running;
        return current == null ? 0 : current.inFlight.waiting();
    }

    @ManagedAttribute(description = "Entries finished here of which Redis does not know yet")
    public int getUnsettled() {
        Running current = running;
        return current == null ? 0 : current.acknowledgements.unsettled();
    }

    @ManagedAttribute(description = "Entries handed to the route, repetitions included")
    public long getDelivered() {
        return statistics.get(StreamOutcome.DELIVERED);
    }

    @ManagedAttribute(description = "Entries handed to the route again")
    public long getRedelivered() {
        return statistics.get(StreamOutcome.REDELIVERED);
    }

    @ManagedAttribute(description = "Entries processed and acknowledged")
    public long getAcknowledged() {
        return statistics.get(StreamOutcome.ACKED);
    }

    @ManagedAttribute(description = "Deliveries that failed")
    public long getFailed() {
        return statistics.get(StreamOutcome.FAILED);
    }

    @ManagedAttribute(description = "Entries moved to the dead entries")
    public long getDead() {
        return statistics.get(StreamOutcome.DEAD);
    }

    @ManagedAttribute(description = "Entries taken over from consumers that left them idle")
    public long getClaimed() {
        return statistics.get(StreamOutcome.CLAIMED);
    }

    @ManagedAttribute(description = "Entries that came again while held, or had been acknowledged elsewhere")
    public long getDuplicates() {
        return statistics.get(StreamOutcome.DUPLICATE);
    }

    @ManagedAttribute(description = "Pending entries whose data had been deleted")
    public long getDeleted() {
        return statistics.get(StreamOutcome.DELETED);
    }

    @ManagedAttribute(description = "Entries that another consumer took over")
    public long getLost() {
        return statistics.get(StreamOutcome.LOST);
    }

    @ManagedAttribute(description = "Entries in the stream, as of the last 15 seconds")
    public long getStreamLength() {
        return statistics.sample().length();
    }

    @ManagedAttribute(description = "Entries pending in the group at all its consumers, as of the last 15 seconds")
    public long getGroupPending() {
        return statistics.sample().pending();
    }

    @ManagedAttribute(description = "Age of the oldest pending entry in seconds, as of the last 15 seconds")
    public long getOldestPendingSeconds() {
        return statistics.sample().oldestPending().toSeconds();
    }

    @ManagedAttribute(description = "Entries not delivered to the group, as of the last 15 seconds; -1 before Redis 7")
    public long getLag() {
        return statistics.sample().lag();
    }

    @ManagedAttribute(description = "What keeps the consumer from reading; empty when nothing does")
    public String getTrouble() {
        return trouble().orElse("");
    }

    Optional<String> trouble() {
        Running current = running;
        return current == null ? Optional.empty() : current.state.trouble();
    }

    private String requireGroup() {
        String group = options.getGroup();
        if (group == null || group.isBlank()) {
            throw new IllegalArgumentException("Consuming from redis-stream:" + options.getStream()
                    + " needs the option group, the name of the consumer group");
        }
        return group;
    }

    private String consumerName() {
        String given = options.getConsumerName();
        return given != null && !given.isBlank()
                ? given
                : hostName() + "-" + ProcessHandle.current().pid();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private List<Class<?>> exceptionTypes() throws ClassNotFoundException {
        String names = options.getRejectOn();
        List<Class<?>> types = new ArrayList<>();
        if (names != null && !names.isBlank()) {
            for (String name : names.strip().split("\\s*,\\s*")) {
                types.add(getEndpoint().getCamelContext().getClassResolver().resolveMandatoryClass(name));
            }
        }
        return types;
    }

    private static List<Duration> durations(String list) {
        return Arrays.stream(list.strip().split("\\s*,\\s*"))
                .map(text -> Duration.ofMillis(TimeUtils.toMilliSeconds(text)))
                .toList();
    }

    /** Everything that exists from start to stop. */
    private final class Running {

        private final Gate gate = new Gate();
        private final ReadingState state = new ReadingState(clock);
        private final InFlight inFlight = new InFlight(options.getMaxInFlight());
        private final RedisLink link = getEndpoint().link();
        private final StreamGroup group =
                new StreamGroup(identity.stream(), identity.group(), identity.consumer(), link);
        private final Acknowledgements acknowledgements = new Acknowledgements(group, inFlight, statistics, clock);
        private final GroupKeeper keeper = new GroupKeeper(
                group,
                link,
                gate,
                inFlight,
                acknowledgements,
                statistics,
                clock,
                Duration.ofMillis(options.getClaimMinIdle()),
                Duration.ofMillis(options.getClaimInterval()));
        private final List<StreamReader> readers = new ArrayList<>();
        private @Nullable ExecutorService threads;

        void start() {
            int consumers = options.getConcurrentConsumers();
            String name = "RedisStream[" + identity.stream() + "/" + identity.group() + "]";
            threads = getEndpoint()
                    .getCamelContext()
                    .getExecutorServiceManager()
                    .newFixedThreadPool(RedisStreamConsumer.this, name, consumers + 1);
            for (int i = 1; i <= consumers; i++) {
                StreamReader reader = reader();
                readers.add(reader);
                threads.execute(loop("reader " + i, reader));
            }
            threads.execute(loop("keeper", keeper));
        }

        void suspend() throws InterruptedException {
            gate.shut();
            endReads();
        }

        void resume() {
            keeper.prepareAgain();
            gate.open();
        }

        void stop() throws InterruptedException {
            gate.close();
            endReads();
            if (threads != null) {
                getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(threads);
            }
            handOverRest();
            readers.forEach(StreamReader::close);
            link.close();
        }

        private void endReads() throws InterruptedException {
            if (!gate.awaitEmpty(STOP_PATIENCE)) {
                readers.forEach(StreamReader::reset);
            }
        }

        private void handOverRest() throws InterruptedException {
            try {
                acknowledgements.settleLeftovers();
                acknowledgements.awaitAnswers(STOP_PATIENCE);
                group.handOver(inFlight.releaseAllWaiting());
            } catch (RedisException e) {
                LOG.debug("What {} held stays pending until it starts again or another takes over", identity, e);
            }
        }

        private StreamReader reader() {
            return new StreamReader(
                    group,
                    getEndpoint().blockingLink(),
                    keeper,
                    gate,
                    inFlight,
                    acknowledgements,
                    statistics,
                    retryPolicy,
                    this::process,
                    options.getCount(),
                    Duration.ofMillis(options.getBlock()));
        }

        private WorkLoop loop(String name, WorkLoop.Work work) {
            return new WorkLoop(name, work, group, gate, state, RedisStreamConsumer.this::report);
        }

        private void process(StreamEntry entry) {
            try {
                Exchange exchange = exchanges.create(entry);
                exchange.getExchangeExtension().addOnCompletion(new Settling(entry));
                AsyncCallback callback = doneSync -> settleIfNeverRouted(exchange);
                getAsyncProcessor().process(exchange, callback);
            } catch (RuntimeException e) {
                failed(entry, e);
            }
        }

        /** The completions move into the unit of work, unless the route refused the exchange before it began. */
        private void settleIfNeverRouted(Exchange exchange) {
            List<Synchronization> completions = exchange.getExchangeExtension().handoverCompletions();
            if (completions != null) {
                UnitOfWorkHelper.doneSynchronizations(exchange, completions);
            }
        }

        private void failed(StreamEntry entry, @Nullable Throwable failure) {
            statistics.count(StreamOutcome.FAILED);
            String cause = failure == null ? "the exchange was marked for rollback" : failure.toString();
            Duration age = Duration.between(entry.time(), clock.instant());
            Optional<String> givenUp = retryPolicy.givenUp(entry.deliveries(), age);
            if (givenUp.isPresent()) {
                acknowledgements.bury(entry.id(), givenUp.get() + ": " + cause, entry.deliveries());
            } else {
                Duration delay = retryPolicy.delayAfter(entry.deliveries(), ThreadLocalRandom.current()::nextDouble);
                LOG.warn(
                        "Entry {} of {} failed (delivery {}), next try in {} s: {}",
                        entry.id(),
                        group,
                        entry.deliveries(),
                        delay.toMillis() / 1000.0,
                        cause);
                inFlight.retryIn(entry.id(), delay);
            }
        }

        /** Ends the delivery of one entry when its exchange has ended. */
        private final class Settling implements Synchronization {

            private final StreamEntry entry;

            Settling(StreamEntry entry) {
                this.entry = entry;
            }

            @Override
            public void onComplete(Exchange exchange) {
                boolean rolledBack = exchange.isRollbackOnly() || exchange.isRollbackOnlyLast();
                if (rolledBack) {
                    onFailure(exchange);
                } else {
                    rejections
                            .reason(exchange)
                            .ifPresentOrElse(
                                    reason -> acknowledgements.bury(entry.id(), reason, entry.deliveries()),
                                    () -> acknowledgements.acknowledge(entry.id()));
                }
            }

            @Override
            public void onFailure(Exchange exchange) {
                Optional<String> rejected = rejections.reason(exchange);
                if (rejected.isPresent()) {
                    statistics.count(StreamOutcome.FAILED);
                    acknowledgements.bury(entry.id(), rejected.get(), entry.deliveries());
                } else {
                    failed(entry, exchange.getException());
                }
            }
        }
    }

    private void report(Exception trouble) {
        String message =
                "Cannot read " + identity + "; trying again for as long as it takes. Reason: " + trouble.getMessage();
        if (getEndpoint().isBridgeErrorHandler()) {
            handleException(message, trouble);
        } else {
            LOG.warn(message);
        }
    }
}
