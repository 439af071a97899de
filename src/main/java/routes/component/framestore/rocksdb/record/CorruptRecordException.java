package routes.component.framestore.rocksdb.record;

/** Bytes in the store are not what the store wrote; the message says what is wrong with them. */
public final class CorruptRecordException extends Exception {

    CorruptRecordException(String reason) {
        super(reason);
    }
}
