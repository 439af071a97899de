package routes.platform;

/** The request is well-formed and what it is about exists, but it cannot be done with that. Over HTTP it becomes a 422. */
public class NotPossibleException extends RuntimeException {

    public NotPossibleException(String message) {
        super(message);
    }
}
