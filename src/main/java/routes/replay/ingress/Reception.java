package routes.replay.ingress;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import routes.component.framestore.api.NewEntry;
import routes.replay.protocol.SavantWriter;

/**
 * A message on its way through the ingress.
 *
 * @param verdict what becomes of it
 * @param address what a reply to its sender begins with: the routing id on a router, else nothing
 * @param topic as received
 * @param data the frames behind the message, as received
 * @param entry for the store; absent when it is dropped, or of a kind that is only forwarded
 */
public record Reception(
        Verdict verdict, List<byte[]> address, ByteString topic, List<byte[]> data, Optional<NewEntry> entry) {

    static Reception dropped(Verdict verdict, List<byte[]> address) {
        return new Reception(verdict, address, ByteString.EMPTY, List.of(), Optional.empty());
    }

    Reception stored(NewEntry as) {
        return new Reception(verdict, address, topic, data, Optional.of(as));
    }

    /** Dropped after all. The sender is answered as if it were not, for it would only send it again. */
    Reception refused(String reason) {
        return dropped(new Verdict(Verdict.Outcome.UNSTORABLE, verdict.reply(), Optional.empty(), reason), address);
    }

    boolean isDelivered() {
        return verdict.outcome() == Verdict.Outcome.DELIVERED;
    }

    /** Whether the sender waits for {@code OK}. */
    public boolean isAnswered() {
        return verdict.reply();
    }

    /** As a socket sends it. */
    public List<byte[]> reply() {
        return Stream.concat(address.stream(), Stream.of(SavantWriter.OK)).toList();
    }

    long dataBytes() {
        return data.stream().mapToLong(frame -> frame.length).sum();
    }
}
