package routes.replay.job.service;

import java.util.Collection;

import routes.replay.job.JobDefinition;

/**
 * How many jobs run at once; zero is no limit.
 *
 * @param running in all
 * @param perSink with the same URL
 * @param perSource that read the same source
 * @param waiting that wait to start; another one is refused
 * @param exclusiveResultingIds whether every job is alone with its resulting id, not only those that ask for it
 */
record JobLimits(int running, int perSink, int perSource, int waiting, boolean exclusiveResultingIds) {

    /** Whether one more may start beside those that run. */
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

    /** Whether both cannot live at the same time. */
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
