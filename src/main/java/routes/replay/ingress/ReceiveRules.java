package routes.replay.ingress;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import com.google.protobuf.ByteString;
import routes.replay.ingress.Verdict.Outcome;
import routes.replay.protocol.MalformedMessageException;
import routes.replay.protocol.MessageDecoder;
import routes.replay.protocol.MessageKind;
import routes.replay.protocol.ProtocolVersions;
import routes.replay.protocol.SavantMessage;
import routes.replay.savant.Envelope;
import routes.replay.socket.ReaderType;
import routes.replay.socket.TopicFilter;

/**
 * Decides what becomes of a multipart message that a socket received, in the order of section 6.4 of the specification.
 * Nothing that a sender can do ends the ingress, and a rep socket always gets its reply, since it is stuck without. One
 * instance a socket; not thread-safe.
 */
final class ReceiveRules {

    private final ReaderType type;
    private final ProtocolVersions versions;
    private final TopicFilter topics;
    private final VersionBlacklist blacklist;
    private final RoutingIdFilter connections;
    private final long maxBytes;
    private final MessageDecoder decoder = new MessageDecoder();
    private final SequenceChecker sequence = new SequenceChecker();

    /** @param maxBytes of a message; larger ones are dropped */
    ReceiveRules(
            ReaderType type,
            ProtocolVersions versions,
            TopicFilter topics,
            VersionBlacklist blacklist,
            RoutingIdFilter connections,
            long maxBytes) {
        this.type = type;
        this.versions = versions;
        this.topics = topics;
        this.blacklist = blacklist;
        this.connections = connections;
        this.maxBytes = maxBytes;
    }

    ReaderType type() {
        return type;
    }

    /** @param parts as the socket gave them: of a router the routing id first, then topic, message, data */
    Verdict judge(List<ByteString> parts) {
        int topicAt = type == ReaderType.ROUTER ? 1 : 0;
        if (parts.size() < topicAt + 2) {
            return dropped(Outcome.TOO_SHORT, "it has " + parts.size() + " parts");
        }
        Sender sender = new Sender(
                parts.get(topicAt), type == ReaderType.ROUTER ? Optional.of(parts.get(0)) : Optional.empty());
        if (blacklist.contains(sender)) {
            return dropped(Outcome.BLACKLISTED, "");
        }
        long bytes = 0;
        for (ByteString part : parts) {
            bytes += part.size();
        }
        if (bytes > maxBytes) {
            return dropped(
                    Outcome.TOO_LARGE,
                    "the %d bytes of topic \"%s\" are more than replay.in-stream.max-message-size, %d"
                            .formatted(bytes, sender.name(), maxBytes));
        }
        return judge(sender, parts.get(topicAt + 1));
    }

    private Verdict judge(Sender sender, ByteString raw) {
        try {
            Envelope envelope = decoder.open(raw);
            if (!versions.accepts(envelope.getProtocolVersion())) {
                blacklist.add(sender);
                return dropped(
                        Outcome.VERSION_MISMATCH,
                        "protocol version \"" + envelope.getProtocolVersion() + "\" is not accepted");
            }
            return judge(sender, decoder.decode(envelope, raw));
        } catch (MalformedMessageException e) {
            return dropped(Outcome.UNDECODABLE, e.getMessage());
        }
    }

    private Verdict judge(Sender sender, SavantMessage message) {
        OptionalLong missing = sequence.missingBefore(message);
        boolean end = message.kind() == MessageKind.END_OF_STREAM;
        boolean reply = repliesAlways() || end && type == ReaderType.ROUTER;
        if (!topics.accepts(sender.topic())) {
            return new Verdict(Outcome.TOPIC_FILTERED, reply, Optional.empty(), "");
        }
        // The end of a stream passes, as in the original: its sender waits for the reply and then believes it arrived.
        if (!end && !connections.accepts(sender)) {
            return new Verdict(Outcome.CONNECTION_EXPIRED, reply, Optional.empty(), "");
        }
        String detail = missing.isPresent() ? "messages missing before it: " + missing.getAsLong() : "";
        return new Verdict(Outcome.DELIVERED, reply, Optional.of(message), detail);
    }

    private Verdict dropped(Outcome outcome, String why) {
        return new Verdict(outcome, repliesAlways(), Optional.empty(), why);
    }

    private boolean repliesAlways() {
        return type == ReaderType.REP;
    }
}
