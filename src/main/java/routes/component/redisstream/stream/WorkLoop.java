package routes.component.redisstream.stream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.resource.Delay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one thread of a consumer runs: turn after turn, whatever Redis does. A missing group is created again; after any
 * other trouble, which is reported, the thread pauses and tries again.
 */
public final class WorkLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkLoop.class);

    /** Pauses between attempts to reach Redis: 1 s, doubling up to 30 s. */
    private static final Delay PAUSES =
            Delay.exponential(Duration.ofSeconds(1), Duration.ofSeconds(30), 2, TimeUnit.SECONDS);

    /** What the thread does. */
    public interface Work {

        /** Waits for the time of the next turn. False when there will be none. */
        boolean awaitTurn() throws InterruptedException;

        void turn() throws InterruptedException;

        /** After a trouble: begin anew with a fresh connection. */
        void reset();
    }

    private final String name;
    private final Work work;
    private final StreamGroup group;
    private final Gate gate;
    private final ReadingState state;
    private final Consumer<Exception> report;
    private int failures;

    /** @param report told of troubles that are worth a report, in the thread that has them */
    public WorkLoop(
            String name, Work work, StreamGroup group, Gate gate, ReadingState state, Consumer<Exception> report) {
        this.name = name;
        this.work = work;
        this.group = group;
        this.gate = gate;
        this.state = state;
        this.report = report;
    }

    @Override
    public void run() {
        try {
            while (work.awaitTurn()) {
                tryTurn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended(e);
        } catch (Throwable e) {
            ended(e);
            throw e;
        }
    }

    private void tryTurn() throws InterruptedException {
        try {
            turn();
            failures = 0;
            if (state.works(name)) {
                LOG.info("Redis answers again for {}", group);
            }
        } catch (RuntimeException e) {
            if (!gate.isClosed()) {
                trouble(e);
            }
        }
    }

    private void turn() throws InterruptedException {
        try {
            work.turn();
        } catch (RedisCommandExecutionException e) {
            if (!StreamGroup.isGroupMissing(e)) {
                throw e;
            }
            LOG.warn("The {} is gone; creating it again, starting at the oldest entry", group);
            group.create();
        }
    }

    private void trouble(RuntimeException e) throws InterruptedException {
        work.reset();
        if (state.fails(name, String.valueOf(e.getMessage()))) {
            report.accept(e);
        } else {
            LOG.debug("{} of {} still fails", name, group, e);
        }
        failures++;
        gate.pause(PAUSES.createDelay(failures));
    }

    private void ended(Throwable cause) {
        if (!gate.isClosed()) {
            state.died(name, cause.toString());
            LOG.error("Thread {} of {} ended; restart its route", name, group, cause);
        }
    }
}
