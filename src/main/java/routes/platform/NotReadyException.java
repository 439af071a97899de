package routes.platform;

/** This process cannot do its work now, but expects to later. Over HTTP it becomes a 503. */
public class NotReadyException extends RuntimeException {

    public NotReadyException(String message) {
        super(message);
    }
}
