package routes.component.framestore.rocksdb.record;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import routes.component.framestore.api.EntryInfo;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.NewEntry;
import routes.component.framestore.api.StoredEntry;
import routes.component.framestore.api.VideoInfo;

/** The stored form of an entry. */
public final class EntryRecord {

    private static final int EXPECTED_HEADER = 160;

    private EntryRecord() {}

    /**
     * @param buffer used from 0 on if the record fits
     * @return the record, from 0 to its limit: in the buffer, or in an array of its size
     */
    public static ByteBuffer write(NewEntry entry, Instant arrival, ByteBuffer buffer) {
        byte[] header = header(entry.info(), arrival);
        int size = size(header, entry);
        ByteSink sink = SealedRecord.begin(size <= buffer.remaining() ? buffer : ByteBuffer.allocate(size));
        sink.raw(header).sized(entry.topic()).number(entry.parts().size());
        entry.parts().forEach(sink::sized);
        return SealedRecord.seal(sink.toBuffer());
    }

    /** To the byte, for pictures are large: what is too large is copied once more. */
    private static int size(byte[] header, NewEntry entry) {
        long size = SealedRecord.HEADER
                + header.length
                + ByteSink.size(entry.topic())
                + ByteSink.size(entry.parts().size());
        for (byte[] part : entry.parts()) {
            size += ByteSink.size(part);
        }
        return Math.toIntExact(size);
    }

    private static byte[] header(EntryInfo info, Instant arrival) {
        ByteSink sink = new ByteSink(EXPECTED_HEADER);
        sink.number(Nanos.of(arrival)).number(info.kind().ordinal()).text(info.sourceId());
        sink.flag(info.uuid());
        if (info.uuid() != null) {
            sink.number(info.uuid());
        }
        sink.flag(info.createdNs());
        if (info.createdNs() != null) {
            sink.number(info.createdNs());
        }
        writeVideo(sink, info.video());
        return sink.toBytes();
    }

    public static StoredEntry read(long index, byte[] value) throws CorruptRecordException {
        return read(index, ByteBuffer.wrap(value));
    }

    /** @param value all of it, from 0 to its limit; what is returned keeps none of it */
    public static StoredEntry read(long index, ByteBuffer value) throws CorruptRecordException {
        ByteSource source = SealedRecord.open(value);
        Instant arrival = Nanos.toInstant(source.number());
        EntryInfo info = readInfo(source);
        byte[] topic = source.sized();
        int count = source.count();
        List<byte[]> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            parts.add(source.sized());
        }
        source.end();
        return new StoredEntry(index, arrival, info, topic, List.copyOf(parts));
    }

    private static EntryInfo readInfo(ByteSource source) throws CorruptRecordException {
        long kind = source.number();
        if (kind < 0 || kind >= EntryKind.values().length) {
            throw new CorruptRecordException("unknown kind of entry " + kind);
        }
        try {
            return new EntryInfo(
                    source.text(),
                    EntryKind.values()[(int) kind],
                    source.flag() ? source.uuid() : null,
                    source.flag() ? source.bigNumber() : null,
                    readVideo(source));
        } catch (IllegalArgumentException e) {
            throw new CorruptRecordException(String.valueOf(e.getMessage()));
        }
    }

    private static void writeVideo(ByteSink sink, @Nullable VideoInfo video) {
        sink.flag(video);
        if (video == null) {
            return;
        }
        sink.text(video.codec()).signed(video.width()).signed(video.height());
        sink.signed(video.timeBaseNumerator()).signed(video.timeBaseDenominator());
        sink.signed(video.pts()).flag(video.dts());
        if (video.dts() != null) {
            sink.signed(video.dts());
        }
    }

    private static @Nullable VideoInfo readVideo(ByteSource source) throws CorruptRecordException {
        if (!source.flag()) {
            return null;
        }
        return new VideoInfo(
                source.text(),
                source.signed(),
                source.signed(),
                source.signed(),
                source.signed(),
                source.signed(),
                source.flag() ? source.signed() : null);
    }
}
