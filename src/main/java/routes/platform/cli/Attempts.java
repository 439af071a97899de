package routes.platform.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/**
 * Repeats an action while a server is still starting, as happens when a compose file starts everything at once.
 *
 * @param limit tries in all, at least 1
 * @param pause between two tries
 */
public record Attempts(int limit, Duration pause) {

    /** Five tries, five seconds apart. */
    public static final Attempts STANDARD = new Attempts(5, Duration.ofSeconds(5));

    /**
     * @param server name of the server, for the messages
     * @param notUp whether an error means that the server is not up yet; any other error is thrown at once
     * @param messages where a line is printed before each further try
     * @throws Exception the last try's
     */
    public <T> T call(String server, Predicate<Exception> notUp, PrintWriter messages, Callable<T> action)
            throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return action.call();
            } catch (Exception e) {
                if (attempt >= limit || !notUp.test(e)) {
                    throw e;
                }
                messages.printf(
                        "%s is not up (%s); try %d of %d follows in %d s%n",
                        server, Reasons.of(e), attempt + 1, limit, pause.toSeconds());
                Thread.sleep(pause.toMillis());
            }
        }
    }
}
