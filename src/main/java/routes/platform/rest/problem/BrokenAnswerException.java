package routes.platform.rest.problem;

import java.io.Serial;

/**
 * Makes the server break the connection. It has no stack trace, since the failure is already in the log when it is
 * thrown.
 */
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
