/** The frame store on RocksDB. */
@NullMarked
package routes.component.framestore.rocksdb;

import org.jspecify.annotations.NullMarked;
