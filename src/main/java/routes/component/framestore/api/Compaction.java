package routes.component.framestore.api;

/** How RocksDB merges its files. */
public enum Compaction {
    /** Writes less, needs more room for a while. */
    universal,
    /** Needs less room, writes more. */
    level
}
