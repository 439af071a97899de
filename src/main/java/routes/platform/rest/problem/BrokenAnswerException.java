package routes.platform.rest.problem;

import java.io.Serial;

/** Has the server break the connection. Without stack trace, since what happened is in the log when this is thrown. */
class BrokenAnswerException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    BrokenAnswerException(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
