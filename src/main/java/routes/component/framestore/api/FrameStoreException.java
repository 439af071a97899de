package routes.component.framestore.api;

/** The store could not do what was asked; the message says which store and why. */
public class FrameStoreException extends RuntimeException {

    public FrameStoreException(String message) {
        super(message);
    }

    public FrameStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
