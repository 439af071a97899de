package routes.platform.errors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Tells errors that may pass (a server is away) from errors that will not (the input is wrong), so that only the
 * former are tried again.
 *
 * <p>The innermost cause that a rule knows decides; of several rules that fit it, the one for the nearest class. An
 * error nobody knows counts as transient: trying a few times too often costs seconds, giving up too early costs an
 * operator's time.
 */
public final class ErrorClassifier {

    private static final int DEEPEST_CAUSE = 50;

    private final Set<Class<? extends Throwable>> permanent;
    private final Set<Class<? extends Throwable>> transients;

    /**
     * @param permanent trying again is pointless
     * @param transients trying again may help; needed only below a permanent class, and to stop wrapped causes from
     *     being judged by their wrapper
     */
    public ErrorClassifier(Set<Class<? extends Throwable>> permanent, Set<Class<? extends Throwable>> transients) {
        this.permanent = Set.copyOf(permanent);
        this.transients = Set.copyOf(transients);
    }

    /** Whether trying again is pointless. */
    public boolean isPermanent(Throwable error) {
        for (Throwable cause : innermostFirst(error)) {
            for (Class<?> type = cause.getClass(); type != Object.class; type = type.getSuperclass()) {
                if (permanent.contains(type)) {
                    return true;
                }
                if (transients.contains(type)) {
                    return false;
                }
            }
        }
        return false;
    }

    /** The cause that started it all. */
    public static Throwable rootCause(Throwable error) {
        return innermostFirst(error).get(0);
    }

    /** Bounded, because a chain of causes may be a circle. */
    private static List<Throwable> innermostFirst(Throwable error) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = error; cause != null && causes.size() < DEEPEST_CAUSE; cause = cause.getCause()) {
            causes.add(cause);
        }
        Collections.reverse(causes);
        return causes;
    }
}
