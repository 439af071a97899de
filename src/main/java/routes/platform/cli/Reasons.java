package routes.platform.cli;

import java.util.Objects;

/** Puts a failure into one sentence for the person at the terminal. */
final class Reasons {

    private Reasons() {}

    /** The outermost message and, where it differs, the innermost. */
    static String of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String said = textOf(failure);
        String reason = textOf(root);
        return said.contains(reason) ? said : said + ": " + reason;
    }

    private static String textOf(Throwable failure) {
        return Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
    }
}
