package routes.replay.job.stream;

import java.util.List;
import java.util.function.Consumer;

/** Takes the messages of one job to its sink. */
public interface BatchSender {

    /**
     * Hands messages over, after those handed over before are done. A sink may take only some of them; the rest is to
     * be handed over again.
     *
     * @param messages at least one
     * @param done called once, by any thread, maybe before this returns. Whoever calls it is not held up
     */
    void send(List<JobMessage> messages, Consumer<SendResult> done);
}
