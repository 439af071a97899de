package routes.component.framestore.rocksdb;

/** The column families of the store. The names are those of the files. */
enum Family {
    /** Source and index: the entry. */
    MESSAGES("message_db"),
    /** Source and UUID: where the keyframe is. */
    KEYFRAMES("keyframes_db"),
    /** Source: its counter and its totals. Never expires. */
    SOURCES("index_db"),
    /** Source and first index: a finished block. */
    BLOCKS("blocks_db"),
    /** Source, creation time of a keyframe, index. */
    TIMES("times_db"),
    /** Source, arrival of the last entry of a finished block, first index. */
    ARRIVALS("arrivals_db"),
    /** Source and id: a hold. */
    HOLDS("holds_db");

    private final String title;

    Family(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Whether its keys begin with a source, behind which others follow. */
    boolean isScanned() {
        return this != SOURCES;
    }
}
