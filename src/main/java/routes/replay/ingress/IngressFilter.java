package routes.replay.ingress;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;
import routes.component.framestore.api.EntryInfo;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.NewEntry;
import routes.component.framestore.api.VideoInfo;
import routes.component.zeromq.ZeroMqBatch;
import routes.replay.ingress.ReceivedMessage.Outcome;
import routes.replay.protocol.FrameHeader;
import routes.replay.protocol.MalformedMessageException;
import routes.replay.protocol.MessageDecoder;
import routes.replay.protocol.MessageKind;
import routes.replay.protocol.ProtocolVersions;
import routes.replay.protocol.SavantMessage;
import routes.replay.savant.Envelope;
import routes.replay.socket.ReaderType;
import routes.replay.socket.TopicFilter;

/**
 * Decides what becomes of the multipart messages that a socket received, in the order of section 6.4 of the specification,
 * counts them, and describes them for the store, which keeps the bytes as they came. Nothing a sender does is an error here,
 * and a rep socket always gets its reply, since it is stuck without. One instance a socket; for one thread.
 */
public final class IngressFilter {

    /** In UTF-8: percent-encoded in a URL an id may be three times as long, and still has to fit. */
    private static final int MAX_SOURCE_ID_BYTES = 512;

    private final ReaderType type;
    private final ProtocolVersions versions;
    private final TopicFilter topics;
    private final VersionBlacklist blacklist;
    private final RoutingIdFilter connections;
    private final long maxBytes;
    private final IngressMetrics metrics;
    private final MessageDecoder decoder = new MessageDecoder();
    private final SequenceChecker sequence = new SequenceChecker();

    /** @param maxBytes of a message; larger ones are dropped */
    IngressFilter(
            ReaderType type,
            ProtocolVersions versions,
            TopicFilter topics,
            VersionBlacklist blacklist,
            RoutingIdFilter connections,
            long maxBytes,
            IngressMetrics metrics) {
        this.type = type;
        this.versions = versions;
        this.topics = topics;
        this.blacklist = blacklist;
        this.connections = connections;
        this.maxBytes = maxBytes;
        this.metrics = metrics;
    }

    /** @param messages as the socket gave them: of a router the routing id first, then topic, message, data */
    public List<ReceivedMessage> inspect(List<List<byte[]>> messages) {
        return messages.stream().map(this::receive).toList();
    }

    /** What is to be stored of them. */
    public List<NewEntry> entries(List<ReceivedMessage> messages) {
        return messages.stream().flatMap(message -> message.entry().stream()).toList();
    }

    /**
     * The same messages after they were stored, without those that could not be. Their senders are answered all the same,
     * since they would only send them again.
     *
     * @param indices of the {@link #entries}
     */
    public List<ReceivedMessage> recorded(List<ReceivedMessage> messages, List<Long> indices) {
        Iterator<Long> index = indices.iterator();
        return messages.stream()
                .map(message -> message.entry().isPresent() && index.next() == FrameStore.NOT_STORED
                        ? ReceivedMessage.dropped(
                                Outcome.UNSTORABLE,
                                message.awaitsReply(),
                                message.address(),
                                "the store cannot take it")
                        : message)
                .toList();
    }

    /** The replies to those who wait for one; null when nobody does. */
    public @Nullable ZeroMqBatch replies(List<ReceivedMessage> messages) {
        List<List<byte[]>> replies = messages.stream()
                .filter(ReceivedMessage::awaitsReply)
                .map(ReceivedMessage::reply)
                .toList();
        return replies.isEmpty() ? null : new ZeroMqBatch(replies);
    }

    /** Whatever is wrong with one message, it must not take with it those that came with it. */
    ReceivedMessage receive(List<byte[]> parts) {
        int topicAt = type == ReaderType.ROUTER ? 1 : 0;
        List<byte[]> address = parts.subList(0, Math.min(parts.size(), topicAt));
        ReceivedMessage received;
        try {
            received = parts.size() < topicAt + 2
                    ? dropped(Outcome.TOO_SHORT, address, "it has " + parts.size() + " parts")
                    : judge(address, parts.subList(topicAt, parts.size()));
        } catch (MalformedMessageException e) {
            received = dropped(Outcome.UNDECODABLE, address, e.getMessage());
        } catch (RuntimeException e) {
            received = dropped(Outcome.UNDECODABLE, address, String.valueOf(e));
        }
        metrics.count(received);
        return received;
    }

    private ReceivedMessage judge(List<byte[]> address, List<byte[]> frames) throws MalformedMessageException {
        Sender sender = new Sender(
                wrap(frames.get(0)), address.stream().map(IngressFilter::wrap).findFirst());
        if (blacklist.contains(sender)) {
            return dropped(Outcome.BLACKLISTED, address, "");
        }
        long bytes = 0;
        for (byte[] part : address) {
            bytes += part.length;
        }
        for (byte[] part : frames) {
            bytes += part.length;
        }
        if (bytes > maxBytes) {
            return dropped(
                    Outcome.TOO_LARGE,
                    address,
                    "the %d bytes of topic \"%s\" are more than replay.in-stream.max-message-size, %d"
                            .formatted(bytes, sender.name(), maxBytes));
        }
        ByteString raw = wrap(frames.get(1));
        Envelope envelope = decoder.open(raw);
        if (!versions.accepts(envelope.getProtocolVersion())) {
            blacklist.add(sender);
            return dropped(
                    Outcome.VERSION_MISMATCH,
                    address,
                    "protocol version \"" + envelope.getProtocolVersion() + "\" is not accepted");
        }
        return judge(sender, address, decoder.decode(envelope, raw), frames);
    }

    private ReceivedMessage judge(Sender sender, List<byte[]> address, SavantMessage message, List<byte[]> frames) {
        OptionalLong missing = sequence.missingBefore(message);
        boolean end = message.kind() == MessageKind.END_OF_STREAM;
        boolean awaitsReply = alwaysReplies() || end && type == ReaderType.ROUTER;
        if (!topics.accepts(sender.topic())) {
            return ReceivedMessage.dropped(Outcome.TOPIC_FILTERED, awaitsReply, address, "");
        }
        // The end of a stream passes, as in the original: its sender waits for the reply and then believes it arrived
        if (!end && !connections.accepts(sender)) {
            return ReceivedMessage.dropped(Outcome.CONNECTION_EXPIRED, awaitsReply, address, "");
        }
        Optional<NewEntry> entry = Optional.empty();
        try {
            if (message.kind().ofOneSource()) {
                entry = Optional.of(new NewEntry(info(message), frames.get(0), frames.subList(1, frames.size())));
            }
        } catch (IllegalArgumentException e) {
            return ReceivedMessage.dropped(Outcome.UNSTORABLE, awaitsReply, address, String.valueOf(e.getMessage()));
        }
        return new ReceivedMessage(
                Outcome.DELIVERED,
                awaitsReply,
                address,
                sender.topic(),
                Optional.of(message),
                frames.subList(2, frames.size()),
                entry,
                missing.isPresent() ? "messages missing before it: " + missing.getAsLong() : "");
    }

    private ReceivedMessage dropped(Outcome outcome, List<byte[]> address, String why) {
        return ReceivedMessage.dropped(outcome, alwaysReplies(), address, why);
    }

    private boolean alwaysReplies() {
        return type == ReaderType.REP;
    }

    /** Without copying: nobody changes what was received. */
    private static ByteString wrap(byte[] part) {
        return UnsafeByteOperations.unsafeWrap(part);
    }

    /** A recorded source has to be addressable over HTTP, and readable in a list. */
    private static String sourceIdOf(SavantMessage message) {
        String id = message.sourceId().orElse("");
        if (id.getBytes(StandardCharsets.UTF_8).length > MAX_SOURCE_ID_BYTES) {
            throw new IllegalArgumentException("the id of its source is longer than " + MAX_SOURCE_ID_BYTES + " bytes: "
                    + id.substring(0, 50) + "…");
        }
        if (id.isBlank()) {
            throw new IllegalArgumentException("the id of its source is blank");
        }
        if (id.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the id of its source contains a control character");
        }
        return id;
    }

    private static EntryInfo info(SavantMessage message) {
        String sourceId = sourceIdOf(message);
        return message.header()
                .map(header -> new EntryInfo(
                        sourceId,
                        header.isKeyframe() ? EntryKind.KEYFRAME : EntryKind.FRAME,
                        header.id().toUuid(),
                        header.creationTimestampNs(),
                        video(header)))
                .orElseGet(() -> EntryInfo.of(
                        sourceId,
                        message.kind() == MessageKind.USER_DATA ? EntryKind.USER_DATA : EntryKind.END_OF_STREAM));
    }

    private static VideoInfo video(FrameHeader header) {
        return new VideoInfo(
                header.codec().orElse(""),
                header.width(),
                header.height(),
                header.timeBase().numerator(),
                header.timeBase().denominator(),
                header.pts(),
                header.dts().isPresent() ? header.dts().getAsLong() : null);
    }
}
