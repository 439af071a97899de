/**
 * The Camel component {@code frame-store}: recorded streams, kept on disk for a while and read again.
 *
 * <p>{@link routes.component.framestore.api.FrameStore} is the store, without Camel; {@code RocksFrameStore} keeps it in
 * RocksDB. Each source has an append-only log, cut into blocks: a keyframe and what follows it. From the outside in:
 * appends go to the {@code StoreWriter}, whose one thread alone changes anything and commits what waits together;
 * {@code LogReader}s read beside it without locks, and a {@code Watch} tells when there is more;
 * {@code KeyframeSearch} finds where to begin; {@code BlockRemover} removes what is expired, over quota or deleted.
 * {@code Database} owns everything native.
 *
 * <p>An answered append is durable. A crash needs no repair: an entry, its place in the indexes and the
 * counter of its source are one write.
 */
@NullMarked
package routes.component.framestore;

import org.jspecify.annotations.NullMarked;
