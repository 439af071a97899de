package routes.component.framestore;

/** The disk is full: nothing was stored. What is stored can be read, and appending works again when there is room. */
public final class FrameStoreFullException extends FrameStoreException {

    FrameStoreFullException(String message) {
        super(message);
    }

    FrameStoreFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
