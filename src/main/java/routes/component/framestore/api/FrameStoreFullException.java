package routes.component.framestore.api;

/** The disk is full: nothing was stored. What is stored can be read, and appending works again when there is room. */
public final class FrameStoreFullException extends FrameStoreException {

    public FrameStoreFullException(String message) {
        super(message);
    }

    public FrameStoreFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
