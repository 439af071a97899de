package routes.replay.job.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import com.google.protobuf.ByteString;
import routes.replay.protocol.SavantWriter;

/**
 * Numbers the messages that a job hands over. A message that the sink had no room for keeps its number until its turn comes,
 * and the numbers of messages that are never sent are given back, so that no receiver sees a gap. Only a failed attempt uses
 * up a number, as in the original. Thread-safe.
 */
public final class SequenceNumbers {

    private final SavantWriter writer;
    private final ByteString topic;
    /** Messages that were handed over and that the sink had no room for. */
    private final Deque<Stamped> leftOver = new ArrayDeque<>();

    /** A message with its number, ready for the socket. */
    public record Stamped(JobMessage message, SavantWriter.Numbered numbered) {

        public List<byte[]> frames() {
            return numbered.frames();
        }
    }

    public SequenceNumbers(SavantWriter writer, ByteString topic) {
        this.writer = writer;
        this.topic = topic;
    }

    /** @param messages to be handed over next */
    public synchronized List<Stamped> stamp(List<JobMessage> messages) {
        List<Stamped> stamped = new ArrayList<>(messages.size());
        for (JobMessage message : messages) {
            stamped.add(stamp(message));
        }
        return stamped;
    }

    private Stamped stamp(JobMessage message) {
        Stamped kept = leftOver.peek();
        if (kept != null && kept.message() == message) {
            return leftOver.remove();
        }
        discard();
        return new Stamped(message, writer.numbered(message.message(), topic, message.data()));
    }

    /**
     * @param batch of the last {@link #stamp}
     * @param accepted how many of them, from the first on; with none, the attempt to send the first one failed
     */
    public synchronized void handedOver(List<Stamped> batch, int accepted) {
        // A batch may be smaller than what an earlier one left: that stays behind it
        for (int i = batch.size() - 1; i >= Math.max(1, accepted); i--) {
            leftOver.push(batch.get(i));
        }
        if (accepted == 0) {
            discard();
        }
    }

    /** Gives back the numbers of messages that will not be sent. */
    public synchronized void discard() {
        while (!leftOver.isEmpty()) {
            Stamped last = leftOver.removeLast();
            writer.giveBack(last.message().message(), last.numbered().number());
        }
    }
}
