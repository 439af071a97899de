package routes.replay;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.ByteString;
import routes.component.framestore.Recording;
import routes.component.framestore.api.EntryInfo;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.FrameStoreListener;
import routes.component.framestore.api.NewEntry;
import routes.component.framestore.api.VideoInfo;
import routes.component.framestore.rocksdb.RocksFrameStore;
import routes.replay.savant.generation1.VideoFrame;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A store in a folder, and a source that is recorded into it: what the ingress does, without sockets. */
public final class RecordedSource implements AutoCloseable {

    /** 2026-01-01T00:00:00Z */
    private static final long EPOCH_MS = 1_767_225_600_000L;

    private static final VideoInfo VIDEO = new VideoInfo("h264", 640, 360, 1, 1000, 0, null);

    private final FrameStore store;
    private final String source;
    private final boolean owner;
    private long frames;

    public RecordedSource(Path directory, String source) {
        this(
                new RocksFrameStore(
                        Recording.options(directory),
                        Clock.systemUTC(),
                        work -> new Thread(work, "writer"),
                        new FrameStoreListener() {}),
                source,
                true);
    }

    private RecordedSource(FrameStore store, String source, boolean owner) {
        this.store = store;
        this.source = source;
        this.owner = owner;
    }

    public static RecordedSource in(FrameStore store, String source) {
        return new RecordedSource(store, source, false);
    }

    public FrameStore store() {
        return store;
    }

    public RecordedSource other(String name) {
        return new RecordedSource(store, name, false);
    }

    /** The id of a frame, by its number. They are 10 ms apart. */
    public static UUID id(long number) {
        return new UUID((EPOCH_MS + number * 10) << 16 | 0x7000, 0x8000000000000000L | number);
    }

    /** A block: a keyframe and what follows it, 10 ms apart. Returns the number of the keyframe. */
    public long block(int length) {
        long first = frames;
        for (int i = 0; i < length; i++) {
            frame(i == 0);
        }
        return first;
    }

    /** Timestamps are milliseconds, 10 more each frame. */
    public long frame(boolean keyframe) {
        return frame(keyframe, frames * 10);
    }

    public long frame(boolean keyframe, long milliseconds) {
        return append(keyframe, frame(milliseconds).setKeyframe(keyframe));
    }

    public VideoFrame.Builder frame(long milliseconds) {
        return SavantSamples.frame1()
                .setSourceId(source)
                .setUuid(id(frames).toString())
                .setCreationTimestampNsLow((EPOCH_MS + frames * 10) * 1_000_000)
                .setTimeBaseNumerator(1)
                .setTimeBaseDenominator(1000)
                .setPts(milliseconds)
                .clearDts();
    }

    public long append(boolean keyframe, VideoFrame.Builder frame) {
        long number = frames++;
        EntryInfo info = new EntryInfo(
                source,
                keyframe ? EntryKind.KEYFRAME : EntryKind.FRAME,
                id(number),
                BigInteger.valueOf((EPOCH_MS + number * 10) * 1_000_000),
                VIDEO);
        store(info, SavantSamples.message(frame), List.of(data(number)));
        return number;
    }

    /** A keyframe whose message has these labels. */
    void labelled(List<String> labels) {
        long number = frames++;
        ByteString message = SavantSamples.message1()
                .clearRoutingLabels()
                .addAllRoutingLabels(labels)
                .setVideoFrame(frame(number * 10).setUuid(id(number).toString()))
                .build()
                .toByteString();
        EntryInfo info = new EntryInfo(source, EntryKind.KEYFRAME, id(number), BigInteger.ZERO, VIDEO);
        store(info, message, List.of(data(number)));
    }

    public static byte[] data(long number) {
        return ("picture " + number).getBytes(UTF_8);
    }

    public void endOfStream() {
        store(EntryInfo.of(source, EntryKind.END_OF_STREAM), SavantSamples.endOfStream(source), List.of());
    }

    public void userData() {
        ByteString message = SavantSamples.message1()
                .setUserData(routes.replay.savant.UserData.newBuilder().setSourceId(source))
                .build()
                .toByteString();
        store(EntryInfo.of(source, EntryKind.USER_DATA), message, List.of());
    }

    public void rubbish() {
        store(EntryInfo.of(source, EntryKind.FRAME), ByteString.copyFromUtf8("no message"), List.of());
    }

    private void store(EntryInfo info, ByteString message, List<byte[]> data) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(message.toByteArray());
        parts.addAll(data);
        try {
            store.append(List.of(new NewEntry(info, source.getBytes(UTF_8), parts)))
                    .get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (owner) {
            store.close();
        }
    }
}
