package routes.component.framestore.rocksdb;

import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs records that are damaged or foreign, each once. They stay where they are until their block is removed:
 * what this version cannot read, another may.
 */
final class Damage {

    private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

    /** Beyond that, a record more tells nobody anything new. */
    private static final int MOST_RECORDS = 1000;

    private final Set<String> records = ConcurrentHashMap.newKeySet();

    void report(Family family, byte[] key, Exception reason) {
        String name = HexFormat.of().formatHex(key) + " of " + family.title();
        if (records.size() < MOST_RECORDS && records.add(name)) {
            LOG.warn("Record {} cannot be read and is left out: {}", name, reason.getMessage());
        }
    }

    long count() {
        return records.size();
    }
}
