package routes.replay.ingress;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import routes.component.framestore.api.NewEntry;
import routes.replay.protocol.SavantMessage;
import routes.replay.protocol.SavantWriter;

/**
 * What a socket received, and what becomes of it.
 *
 * @param outcome {@link Outcome#DELIVERED}, or why it is dropped
 * @param awaitsReply whether its sender waits for {@code OK}, which it gets once a delivered message is stored
 * @param address what a reply begins with: the routing id on a router, else nothing
 * @param topic as received
 * @param message present when it is delivered
 * @param data the frames behind the message, as received
 * @param entry for the store; absent when the message is dropped, or of a kind that is only forwarded
 * @param detail for the log: what is wrong, or how many messages are missing before this one; empty when nothing is
 */
public record ReceivedMessage(
        Outcome outcome,
        boolean awaitsReply,
        List<byte[]> address,
        ByteString topic,
        Optional<SavantMessage> message,
        List<byte[]> data,
        Optional<NewEntry> entry,
        String detail) {

    public enum Outcome {
        DELIVERED,
        TOO_SHORT,
        TOO_LARGE,
        BLACKLISTED,
        UNDECODABLE,
        VERSION_MISMATCH,
        TOPIC_FILTERED,
        /** A late message of a connection that was followed by another. */
        CONNECTION_EXPIRED,
        /** Decodable, but not for the store: without the id of a source, say. */
        UNSTORABLE
    }

    static ReceivedMessage dropped(Outcome outcome, boolean awaitsReply, List<byte[]> address, String detail) {
        return new ReceivedMessage(
                outcome, awaitsReply, address, ByteString.EMPTY, Optional.empty(), List.of(), Optional.empty(), detail);
    }

    /** The id of its source; empty when it is dropped or of no source. */
    public String sourceId() {
        return message.flatMap(SavantMessage::sourceId).orElse("");
    }

    /** What it is, such as {@code VIDEO_FRAME} or {@code END_OF_STREAM}; empty when it is dropped. */
    public String kind() {
        return message.map(delivered -> delivered.kind().name()).orElse("");
    }

    boolean isDelivered() {
        return outcome == Outcome.DELIVERED;
    }

    /** As the socket sends it. */
    List<byte[]> reply() {
        return Stream.concat(address.stream(), Stream.of(SavantWriter.OK)).toList();
    }

    long dataBytes() {
        return data.stream().mapToLong(frame -> frame.length).sum();
    }
}
