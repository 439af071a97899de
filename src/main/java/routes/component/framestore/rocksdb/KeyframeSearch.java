package routes.component.framestore.rocksdb;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import routes.component.framestore.api.Keyframe;
import routes.component.framestore.api.Offset;
import routes.component.framestore.rocksdb.record.ByteSource;
import routes.component.framestore.rocksdb.record.CorruptRecordException;
import routes.component.framestore.rocksdb.record.KeyframeRecord;
import routes.component.framestore.rocksdb.record.SealedRecord;
import routes.component.framestore.rocksdb.record.SourceKeys;

/** Finds keyframes that are still served. */
final class KeyframeSearch {

    private final Database database;
    private final Sources sources;
    private final Retention retention;
    private final Damage damage;

    KeyframeSearch(Database database, Sources sources, Retention retention, Damage damage) {
        this.database = database;
        this.sources = sources;
        this.retention = retention;
        this.damage = damage;
    }

    /** Both bounds included, in the order of the UUIDs. */
    List<Keyframe> between(String sourceId, UUID lower, UUID upper, int limit) {
        List<Keyframe> found = new ArrayList<>();
        SourceLog log = sources.get(sourceId);
        walk(log, lower, true, keyframe -> {
            if (compare(keyframe.uuid(), upper) > 0) {
                return false;
            }
            found.add(keyframe);
            return found.size() < limit;
        });
        return found;
    }

    Optional<Keyframe> get(String sourceId, UUID uuid) {
        SourceLog log = sources.get(sourceId);
        byte[] key = log.keys().keyframe(uuid);
        return database.use(session -> session.get(Family.KEYFRAMES, key))
                .flatMap(value -> read(uuid, key, value))
                .filter(keyframe -> isServed(log, keyframe));
    }

    /** Walks back from the anchor; with a shorter history than that, to the oldest keyframe. */
    Optional<Keyframe> start(String sourceId, UUID anchor, Offset offset) {
        Optional<Keyframe> found = get(sourceId, anchor);
        if (found.isEmpty()) {
            return found;
        }
        StartSearch search = new StartSearch(found.get(), offset);
        walk(sources.get(sourceId), anchor, false, search);
        return Optional.of(search.start);
    }

    /** The first keyframe made at or after a time. */
    Optional<Keyframe> createdFrom(String sourceId, BigInteger createdNs) {
        SourceLog log = sources.get(sourceId);
        return database.use(session -> {
            Optional<Keyframe> found = Optional.empty();
            try (RocksIterator rows = session.iterator(Family.TIMES)) {
                rows.seek(log.keys().created(createdNs, 0));
                while (found.isEmpty() && rows.isValid()) {
                    found = place(rows.key(), rows.value()).flatMap(place -> current(sourceId, place));
                    rows.next();
                }
                rows.status();
            }
            return found;
        });
    }

    /** Empty when the same UUID was stored again later: then it is elsewhere. */
    private Optional<Keyframe> current(String sourceId, Place place) {
        return get(sourceId, place.uuid()).filter(keyframe -> keyframe.index() == place.index());
    }

    /** A UUID and its index, of the index by time. */
    private record Place(UUID uuid, long index) {}

    private Optional<Place> place(byte[] key, byte[] value) {
        try {
            ByteSource source = new ByteSource(key, SourceKeys.PREFIX_LENGTH);
            source.bigNumber();
            return Optional.of(new Place(SealedRecord.open(value).uuid(), source.number()));
        } catch (CorruptRecordException e) {
            damage.report(Family.TIMES, key, e);
            return Optional.empty();
        }
    }

    private void walk(SourceLog log, UUID from, boolean upward, Predicate<Keyframe> goOn) {
        database.use(session -> {
            try (RocksIterator rows = session.iterator(Family.KEYFRAMES)) {
                byte[] start = log.keys().keyframe(from);
                if (upward) {
                    rows.seek(start);
                } else {
                    rows.seekForPrev(start);
                }
                walk(rows, log, upward, goOn);
            }
            return log;
        });
    }

    private void walk(RocksIterator rows, SourceLog log, boolean upward, Predicate<Keyframe> goOn)
            throws RocksDBException {
        boolean more = true;
        while (more && rows.isValid()) {
            Optional<Keyframe> keyframe = read(rows.key(), rows.value()).filter(found -> isServed(log, found));
            more = keyframe.isEmpty() || goOn.test(keyframe.get());
            if (upward) {
                rows.next();
            } else {
                rows.prev();
            }
        }
        rows.status();
    }

    private Optional<Keyframe> read(byte[] key, byte[] value) {
        try {
            return read(new ByteSource(key, SourceKeys.PREFIX_LENGTH).uuid(), key, value);
        } catch (CorruptRecordException e) {
            damage.report(Family.KEYFRAMES, key, e);
            return Optional.empty();
        }
    }

    private Optional<Keyframe> read(UUID uuid, byte[] key, byte[] value) {
        try {
            return Optional.of(KeyframeRecord.read(uuid, value));
        } catch (CorruptRecordException e) {
            damage.report(Family.KEYFRAMES, key, e);
            return Optional.empty();
        }
    }

    private boolean isServed(SourceLog log, Keyframe keyframe) {
        return retention.isServed(log.state(), keyframe.index(), keyframe.arrival());
    }

    /** As unsigned numbers; Java compares UUIDs as signed ones. */
    private static int compare(UUID one, UUID other) {
        int high = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    }

    /** Remembers the keyframes it passes on the way back, of which the last is the start. */
    private static final class StartSearch implements Predicate<Keyframe> {

        private final Keyframe anchor;
        private final Offset offset;
        private Keyframe start;
        private long visited;

        StartSearch(Keyframe anchor, Offset offset) {
            this.anchor = anchor;
            this.offset = offset;
            this.start = anchor;
        }

        @Override
        public boolean test(Keyframe keyframe) {
            start = keyframe;
            visited++;
            if (offset instanceof Offset.Blocks blocks) {
                return visited <= blocks.count();
            }
            BigInteger distance = ((Offset.Nanoseconds) offset).value();
            BigInteger before = anchor.createdNs().subtract(keyframe.createdNs());
            return distance.signum() > 0 && before.compareTo(distance) <= 0;
        }
    }
}
