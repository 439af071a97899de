package routes.replay.protocol;

/** A message that cannot be decoded; the text says why. It is dropped, counted and logged, never retried. */
public final class MalformedMessageException extends Exception {

    public MalformedMessageException(String reason) {
        super(reason);
    }

    public MalformedMessageException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
