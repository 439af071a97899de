/** The byte layout of stored records. */
@NullMarked
package routes.component.framestore.rocksdb.record;

import org.jspecify.annotations.NullMarked;
