package routes.replay.job.service;

import java.util.Collection;

import routes.replay.job.JobDefinition;

/**
 * How many jobs run at once; zero is no limit.
 *
 * @param running in all
 * @param perSink jobs that send to the same URL
 * @param perSource jobs that read the same source
 * @param waiting jobs that wait to start; one more is refused
 * @param exclusiveResultingIds whether every job must be the only one with its resulting id, not only jobs that ask for it
 */
record JobLimits(int running, int perSink, int perSource, int waiting, boolean exclusiveResultingIds) {

    /** Whether one more job may start beside those that run. */
    boolean admit(JobDefinition job, Collection<JobDefinition> others) {
        return isBelow(running, others.size())
                && isBelow(
                        perSink,
                        others.stream()
                                .filter(other -> other.sink().equals(job.sink()))
                                .count())
                && job.sources().stream()
                        .allMatch(source -> isBelow(
                                perSource,
                                others.stream()
                                        .filter(other -> other.sources().contains(source))
                                        .count()));
    }

    boolean mayWait(int alreadyWaiting) {
        return isBelow(waiting, alreadyWaiting);
    }

    /** Whether the two jobs must not exist at the same time. */
    boolean exclude(JobDefinition one, JobDefinition other) {
        boolean exclusive = exclusiveResultingIds
                || one.request().extras().exclusiveResultingId()
                || other.request().extras().exclusiveResultingId();
        return exclusive && one.resultingId().equals(other.resultingId());
    }

    private static boolean isBelow(int limit, long count) {
        return limit == 0 || count < limit;
    }
}
