package routes.replay;

import java.util.function.Consumer;

/** Takes the messages of one job to its sink, one at a time. */
interface JobOutlet {

    /**
     * Hands a message over.
     *
     * @param done called once, by any thread, maybe before this returns: with what went wrong, or with
     *     {@link #DELIVERED}. Whoever calls it is not held up
     */
    void send(JobMessage message, Consumer<String> done);

    /** Nothing went wrong: the sink took it, or acknowledged it where its kind of socket does. */
    String DELIVERED = "";
}
