package routes.replay.ingress;

import java.util.Optional;

import routes.replay.protocol.SavantMessage;

/**
 * What becomes of what a socket received.
 *
 * @param outcome {@link Outcome#DELIVERED}, or why it is dropped
 * @param reply whether the sender waits for {@code OK}. For a message that is delivered it is sent when the message is
 *     stored, else at once
 * @param message present when it is delivered
 * @param detail for the log: what is wrong, or how many messages are missing before this one; empty when nothing is
 */
public record Verdict(Outcome outcome, boolean reply, Optional<SavantMessage> message, String detail) {

    public enum Outcome {
        DELIVERED,
        TOO_SHORT,
        TOO_LARGE,
        BLACKLISTED,
        UNDECODABLE,
        VERSION_MISMATCH,
        TOPIC_FILTERED,
        /** Late message of a connection that was followed by another. */
        CONNECTION_EXPIRED,
        /** Decodable, but not for the store: without the id of a source, say. */
        UNSTORABLE
    }
}
