package routes.component.zeromq.socket;

import zmq.Ctx;
import zmq.ZObject;
import zmq.poll.Poller;

/**
 * Shows whether a thread of JeroMQ's engine still works: it sends a command through the thread's mailbox, which costs a
 * few microseconds, and notes when the thread has carried it out.
 */
final class ThreadProbe extends ZObject {

    private final Thread thread;
    private final Poller poller;
    private volatile boolean answered = true;
    private volatile int missedChecks;

    /** @param number of the thread in its context */
    ThreadProbe(Ctx context, int number, Thread thread, Poller poller) {
        super(context, number);
        this.thread = thread;
        this.poller = poller;
    }

    /** Asks the thread again if it has answered the last time; to be called at regular intervals. */
    void check() {
        if (answered) {
            missedChecks = 0;
            answered = false;
            sendCancel();
        } else {
            missedChecks++;
        }
    }

    /** Runs in the thread that is watched. */
    @Override
    protected void processCancel() {
        answered = true;
    }

    /** How many checks in a row found no answer. They are counted, not timed, so that a pause of the JVM is not taken for a hang. */
    int missedChecks() {
        return missedChecks;
    }

    Thread thread() {
        return thread;
    }

    Poller poller() {
        return poller;
    }
}
