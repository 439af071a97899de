package routes.imaging.store;

/**
 * The store answered and will not take the object: no permission, no such bucket, a request it does not understand.
 * Somebody has to change something there, so it is tried again slowly and an operator is told.
 */
final class StoreRefusedException extends UploadFailedException {

    StoreRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
