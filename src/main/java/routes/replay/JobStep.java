package routes.replay;

/** What a job wants done next. */
sealed interface JobStep {

    /** Hand this over, and say what became of it. */
    record Send(JobMessage message) implements JobStep {}

    /** Ask again at this time of the monotonic clock, or earlier when something happened. */
    record Wait(long untilNanos) implements JobStep {}

    /** It is over. */
    record End(JobOutcome outcome) implements JobStep {}
}
