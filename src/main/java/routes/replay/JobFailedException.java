package routes.replay;

/** Something that ends a job, in words for whoever made it. */
final class JobFailedException extends Exception {

    JobFailedException(String reason) {
        super(reason);
    }
}
