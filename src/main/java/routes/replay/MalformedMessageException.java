package routes.replay;

/** A message that cannot be decoded; the text says why. It is dropped, counted and logged, never retried. */
final class MalformedMessageException extends Exception {

    MalformedMessageException(String reason) {
        super(reason);
    }

    MalformedMessageException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
