package routes.replay;

import java.util.List;

/** What a job wants done next. */
sealed interface JobStep {

    /** Hand these over, and say what became of them. */
    record Send(List<JobMessage> messages) implements JobStep {}

    /** Ask again at this time of the monotonic clock, or earlier when something happened. */
    record Wait(long untilNanos) implements JobStep {}

    /** It is over. */
    record End(JobOutcome outcome) implements JobStep {}
}
