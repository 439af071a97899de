package routes.platform;

/** What was asked for exists, but its state does not allow it now. Over HTTP it becomes a 409. */
public class ConflictException extends RuntimeException {

    public ConflictException(String message) {
        super(message);
    }
}
