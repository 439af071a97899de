package routes.replay.job;

/** Ends a job. The message tells its owner why. */
public final class JobFailedException extends Exception {

    public JobFailedException(String reason) {
        super(reason);
    }
}
