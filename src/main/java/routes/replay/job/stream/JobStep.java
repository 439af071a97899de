package routes.replay.job.stream;

import java.util.List;

import routes.replay.job.JobOutcome;

/** What a job wants done next. */
public sealed interface JobStep {

    /** Hand these over, and say what became of them. */
    record Send(List<JobMessage> messages) implements JobStep {}

    /** Ask again at this time of the monotonic clock, or earlier when something happened. */
    record Wait(long untilNanos) implements JobStep {}

    /** It is over. */
    record End(JobOutcome outcome) implements JobStep {}
}
