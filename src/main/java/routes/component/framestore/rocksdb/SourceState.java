package routes.component.framestore.rocksdb;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.NewEntry;
import routes.component.framestore.api.SourceLimits;
import routes.component.framestore.api.VideoInfo;
import routes.component.framestore.rocksdb.record.Block;
import routes.component.framestore.rocksdb.record.ByteSink;
import routes.component.framestore.rocksdb.record.ByteSource;
import routes.component.framestore.rocksdb.record.CorruptRecordException;
import routes.component.framestore.rocksdb.record.SealedRecord;

/**
 * Everything about a source except its entries. It is stored with each batch and never expires, so that no index is given
 * twice.
 *
 * @param next the index of the next entry
 * @param totals what is there now
 * @param ever what was there ever
 * @param open the last block, which may still grow; null when there is none
 */
record SourceState(
        String sourceId,
        long next,
        Totals totals,
        Totals ever,
        SortedSet<String> codecs,
        SourceLimits limits,
        @Nullable Block open) {

    /** Counts of entries. */
    record Totals(long entries, long bytes, long keyframes) {

        static final Totals ZERO = new Totals(0, 0, 0);

        Totals plus(NewEntry entry) {
            return new Totals(
                    entries + 1,
                    bytes + entry.size(),
                    entry.info().kind() == EntryKind.KEYFRAME ? keyframes + 1 : keyframes);
        }

        Totals minus(Block block) {
            return new Totals(
                    Math.max(0, entries - block.count()),
                    Math.max(0, bytes - block.bytes()),
                    Math.max(0, block.keyframe() == null ? keyframes : keyframes - 1));
        }
    }

    static SourceState unknown(String sourceId) {
        return startingAt(sourceId, 0);
    }

    static SourceState startingAt(String sourceId, long next) {
        return new SourceState(sourceId, next, Totals.ZERO, Totals.ZERO, new TreeSet<>(), SourceLimits.NONE, null);
    }

    /** With one entry more, which is in the open block. */
    SourceState with(NewEntry entry, Instant arrival) {
        Block block = open == null || open.endsBefore(entry)
                ? Block.beginWith(next, entry, arrival)
                : open.with(entry, arrival);
        return new SourceState(
                sourceId, next + 1, totals.plus(entry), ever.plus(entry), codecsWith(entry), limits, block);
    }

    SourceState without(Block block) {
        boolean wasOpen = open != null && open.first() == block.first();
        return new SourceState(sourceId, next, totals.minus(block), ever, codecs, limits, wasOpen ? null : open);
    }

    SourceState with(SourceLimits value) {
        return new SourceState(sourceId, next, totals, ever, codecs, value, open);
    }

    byte[] toBytes() {
        ByteSink sink = SealedRecord.begin(sourceId.length() * 3 + 128);
        sink.text(sourceId).number(next);
        write(sink, totals);
        write(sink, ever);
        sink.number(codecs.size());
        codecs.forEach(sink::text);
        sink.flag(limits.ttl());
        if (limits.ttl() != null) {
            sink.number(limits.ttl().toMillis());
        }
        sink.number(limits.quotaBytes()).flag(open);
        if (open != null) {
            open.writeTo(sink);
        }
        return SealedRecord.seal(sink);
    }

    static SourceState of(byte[] value) throws CorruptRecordException {
        ByteSource source = SealedRecord.open(value);
        String sourceId = source.text();
        long next = source.number();
        Totals totals = readTotals(source);
        Totals ever = readTotals(source);
        SortedSet<String> codecs = new TreeSet<>();
        for (int left = source.count(); left > 0; left--) {
            codecs.add(source.text());
        }
        Duration ttl = source.flag() ? Duration.ofMillis(source.number()) : null;
        SourceLimits limits = new SourceLimits(ttl, source.number());
        Block open = source.flag() ? Block.read(source) : null;
        source.end();
        return new SourceState(sourceId, next, totals, ever, codecs, limits, open);
    }

    private SortedSet<String> codecsWith(NewEntry entry) {
        VideoInfo video = entry.info().video();
        if (video == null || codecs.contains(video.codec())) {
            return codecs;
        }
        SortedSet<String> more = new TreeSet<>(codecs);
        more.add(video.codec());
        return more;
    }

    private static void write(ByteSink sink, Totals totals) {
        sink.number(totals.entries()).number(totals.bytes()).number(totals.keyframes());
    }

    private static Totals readTotals(ByteSource source) throws CorruptRecordException {
        return new Totals(source.number(), source.number(), source.number());
    }
}
