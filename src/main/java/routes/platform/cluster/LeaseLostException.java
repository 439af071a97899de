package routes.platform.cluster;

/** Somebody else holds the lease now; what its former holder was about to do must not be done. */
public class LeaseLostException extends RuntimeException {

    public LeaseLostException(Lease lease) {
        super("The lease " + lease + " has passed to another process; this one must not write any more");
    }
}
