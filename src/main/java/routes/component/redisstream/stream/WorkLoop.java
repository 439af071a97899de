package routes.component.redisstream.stream;

import io.lettuce.core.RedisCommandExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one thread of a consumer: turn after turn, whatever Redis does. A missing group is made again; any
 * other trouble is reported, and tried again after a pause.
 */
public final class WorkLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkLoop.class);

    /** What the thread does. */
    public interface Work {

        /** Waits for the time of the next turn. False when there will be none. */
        boolean awaitTurn() throws InterruptedException;

        void turn() throws InterruptedException;

        /** After a trouble: begin anew with a fresh connection. */
        void reset();
    }

    /** Told of troubles worth telling, in the thread that has them. */
    @FunctionalInterface
    public interface TroubleReport {
        void report(Exception trouble);
    }

    private final String name;
    private final Work work;
    private final StreamGroup group;
    private final Gate gate;
    private final ReadingState state;
    private final TroubleReport report;
    private final BackOff backOff = new BackOff();

    public WorkLoop(String name, Work work, StreamGroup group, Gate gate, ReadingState state, TroubleReport report) {
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
            backOff.reset();
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
            LOG.warn("The {} is gone; making it again, to begin at the oldest entry", group);
            group.create();
        }
    }

    private void trouble(RuntimeException e) throws InterruptedException {
        work.reset();
        if (state.fails(name, String.valueOf(e.getMessage()))) {
            report.report(e);
        } else {
            LOG.debug("{} of {} still in trouble", name, group, e);
        }
        gate.pause(backOff.next());
    }

    private void ended(Throwable cause) {
        if (!gate.isClosed()) {
            state.died(name, cause.toString());
            LOG.error("Thread {} of {} ended, restart its route", name, group, cause);
        }
    }
}
