package routes.replay;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.ByteString;
import routes.component.framestore.Recording;
import routes.component.framestore.api.EntryInfo;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.FrameStoreListener;
import routes.component.framestore.api.NewEntry;
import routes.component.framestore.rocksdb.RocksFrameStore;
import routes.platform.media.SyntheticCamera;
import routes.platform.media.VideoCodec;
import routes.replay.demo.SampleCamera;
import routes.replay.job.JobIds;
import routes.replay.protocol.FrameHeader;
import routes.replay.protocol.FrameId;
import routes.replay.protocol.MalformedMessageException;
import routes.replay.protocol.MessageDecoder;
import routes.replay.protocol.OutgoingMessage;

/** A frame store with the pictures of synthetic cameras in it: 25 frames a second, a keyframe each ten. */
public final class RecordedVideo implements AutoCloseable {

    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final Duration FRAME = Duration.ofMillis(40);

    private final FrameStore store;
    private Instant now = START;

    public RecordedVideo(Path directory) {
        store = new RocksFrameStore(
                Recording.options(directory),
                Clock.systemUTC(),
                work -> new Thread(work, "writer"),
                new FrameStoreListener() {});
    }

    public FrameStore store() {
        return store;
    }

    /** What a source sends, without storing it. */
    public List<List<byte[]>> film(String sourceId, VideoCodec codec, int frames) {
        SyntheticCamera.Settings settings = new SyntheticCamera.Settings(codec, 320, 192, 25, 10);
        Clock clock = new Ticking();
        List<List<byte[]>> messages = new ArrayList<>();
        try (SampleCamera camera =
                new SampleCamera(sourceId, "1.15.1", settings, new JobIds(clock, new Random(5)), clock)) {
            for (int i = 0; i < frames; i++) {
                messages.add(camera.next());
                now = now.plus(FRAME);
            }
        }
        return messages;
    }

    /**
     * Films and stores.
     *
     * @return the ids of the keyframes
     */
    public List<FrameId> record(String sourceId, VideoCodec codec, int frames) {
        List<FrameId> keyframes = new ArrayList<>();
        film(sourceId, codec, frames).forEach(message -> store(message).ifPresent(keyframes::add));
        return keyframes;
    }

    /** Nothing is recorded for a while. */
    public void pause(Duration time) {
        now = now.plus(time);
    }

    /** @return its id when it is a keyframe */
    public Optional<FrameId> store(List<byte[]> message) {
        FrameHeader header = header(message.get(1));
        UUID uuid = header.id().toUuid();
        append(
                new EntryInfo(
                        header.sourceId(),
                        header.isKeyframe() ? EntryKind.KEYFRAME : EntryKind.FRAME,
                        uuid,
                        header.creationTimestampNs(),
                        null),
                message);
        return header.isKeyframe() ? Optional.of(header.id()) : Optional.empty();
    }

    public void endOfStream(String sourceId) {
        append(
                EntryInfo.of(sourceId, EntryKind.END_OF_STREAM),
                List.of(
                        new byte[0],
                        OutgoingMessage.endOfStream(sourceId, "1.15.1")
                                .stamped("s-1", 1)
                                .toByteArray()));
    }

    /** Something between the frames that nobody can read. */
    public void junk(String sourceId) {
        append(EntryInfo.of(sourceId, EntryKind.USER_DATA), List.of(new byte[0], new byte[] {1, 2, 3}));
    }

    private void append(EntryInfo info, List<byte[]> message) {
        try {
            store.append(List.of(new NewEntry(info, message.get(0), message.subList(1, message.size()))))
                    .get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static FrameHeader header(byte[] message) {
        try {
            return new MessageDecoder()
                    .decode(ByteString.copyFrom(message))
                    .header()
                    .orElseThrow();
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Creation time of a frame that is recorded in one go from the start. */
    public static BigInteger createdNs(int frame) {
        Instant time = START.plus(FRAME.multipliedBy(frame));
        return BigInteger.valueOf(time.getEpochSecond())
                .multiply(BigInteger.valueOf(1_000_000_000))
                .add(BigInteger.valueOf(time.getNano()));
    }

    @Override
    public void close() {
        store.close();
    }

    private final class Ticking extends Clock {

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
