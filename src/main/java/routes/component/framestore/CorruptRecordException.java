package routes.component.framestore;

/** Bytes in the store are not what the store wrote; the message says what is wrong with them. */
final class CorruptRecordException extends Exception {

    CorruptRecordException(String reason) {
        super(reason);
    }
}
