package routes.platform;

/**
 * The request is well-formed and its subject exists, but that does not allow what is asked. Over HTTP it becomes a
 * 422.
 */
public class NotPossibleException extends RuntimeException {

    public NotPossibleException(String message) {
        super(message);
    }
}
