package routes.replay.job.stream;

import java.util.List;

import routes.replay.job.JobOutcome;

/** What the driver of a job has to do next. */
public sealed interface JobStep {

    /** Hand these messages over, and report what became of them. */
    record Send(List<JobMessage> messages) implements JobStep {}

    /** Ask again at this time of the monotonic clock, or earlier when something has happened. */
    record Wait(long untilNanos) implements JobStep {}

    /** The job is over. */
    record End(JobOutcome outcome) implements JobStep {}
}
