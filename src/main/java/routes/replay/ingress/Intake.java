package routes.replay.ingress;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import routes.component.framestore.api.EntryInfo;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.NewEntry;
import routes.component.framestore.api.VideoInfo;
import routes.replay.protocol.FrameHeader;
import routes.replay.protocol.MessageKind;
import routes.replay.protocol.SavantMessage;
import routes.replay.socket.ReaderType;

/**
 * Looks at what a socket received: judges it, counts it, and describes it for the store, which keeps the bytes as they
 * came. Nothing a sender does is an error here. For one thread.
 */
public final class Intake {

    /** In UTF-8: percent-encoded in a URL an id may be three times as long, and still has to fit. */
    private static final int MAX_SOURCE_ID_BYTES = 512;

    private final ReceiveRules rules;
    private final IngressMetrics counts;

    Intake(ReceiveRules rules, IngressMetrics counts) {
        this.rules = rules;
        this.counts = counts;
    }

    /**
     * @param parts on a router the connection first; topic, message, data; anything else is judged as well
     */
    public Reception inspect(List<byte[]> parts) {
        List<ByteString> wrapped = new ArrayList<>(parts.size());
        for (byte[] part : parts) {
            // Without copying: nobody changes what was received.
            wrapped.add(UnsafeByteOperations.unsafeWrap(part));
        }
        Verdict verdict = judge(wrapped);
        int topicAt = Math.min(parts.size(), rules.type() == ReaderType.ROUTER ? 1 : 0);
        List<byte[]> address = parts.subList(0, topicAt);
        Reception reception = verdict.message()
                .map(message -> describe(verdict, message, address, parts.subList(topicAt, parts.size())))
                .orElseGet(() -> Reception.dropped(verdict, address));
        counts.count(reception);
        return reception;
    }

    /** What nobody thought of must not take with it those that came with it. */
    private Verdict judge(List<ByteString> parts) {
        try {
            return rules.judge(parts);
        } catch (RuntimeException e) {
            return new Verdict(
                    Verdict.Outcome.UNDECODABLE, rules.type() == ReaderType.REP, Optional.empty(), String.valueOf(e));
        }
    }

    private static Reception describe(
            Verdict verdict, SavantMessage message, List<byte[]> address, List<byte[]> frames) {
        Reception reception = new Reception(
                verdict,
                address,
                UnsafeByteOperations.unsafeWrap(frames.get(0)),
                frames.subList(2, frames.size()),
                Optional.empty());
        if (!message.kind().ofOneSource()) {
            return reception;
        }
        try {
            NewEntry entry = new NewEntry(info(message), frames.get(0), frames.subList(1, frames.size()));
            return reception.stored(entry);
        } catch (IllegalArgumentException e) {
            return reception.refused(String.valueOf(e.getMessage()));
        }
    }

    /** What is recorded has to be addressable over HTTP, and readable in a list. */
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
