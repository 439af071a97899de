package routes.replay.job.service;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * How many jobs run at once; zero is no limit.
 *
 * @param <J> what is known about a job
 * @param running in all
 * @param waiting jobs that wait to start; one more is refused
 * @param shared limits for jobs that use the same thing
 * @param exclude whether two jobs must not exist at the same time
 */
record JobLimits<J>(int running, int waiting, List<Shared<J>> shared, BiPredicate<J, J> exclude) {

    /**
     * A limit for jobs that use the same thing, such as a source.
     *
     * @param things what a job uses
     */
    record Shared<J>(int jobs, Function<J, Set<String>> things) {

        boolean admits(J job, Collection<J> others) {
            return things.apply(job).stream()
                    .allMatch(thing -> isBelow(
                            jobs,
                            others.stream()
                                    .filter(other -> things.apply(other).contains(thing))
                                    .count()));
        }
    }

    /** Whether one more job may start beside those that run. */
    boolean admit(J job, Collection<J> others) {
        return isBelow(running, others.size()) && shared.stream().allMatch(limit -> limit.admits(job, others));
    }

    boolean mayWait(int alreadyWaiting) {
        return isBelow(waiting, alreadyWaiting);
    }

    private static boolean isBelow(int limit, long count) {
        return limit == 0 || count < limit;
    }
}
