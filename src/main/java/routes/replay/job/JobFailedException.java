package routes.replay.job;

/** Something that ends a job, in words for whoever made it. */
public final class JobFailedException extends Exception {

    public JobFailedException(String reason) {
        super(reason);
    }
}
