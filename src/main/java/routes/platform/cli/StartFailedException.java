package routes.platform.cli;

import java.util.function.Supplier;

/** Spring could not start and has already said why. */
final class StartFailedException extends RuntimeException {

    private StartFailedException(RuntimeException reported) {
        super(reported.getMessage(), reported);
    }

    static <T> T of(Supplier<T> start) {
        try {
            return start.get();
        } catch (RuntimeException reported) {
            throw new StartFailedException(reported);
        }
    }
}
