package routes.platform;

/**
 * A request that is wrong as a whole, described in the two parts that its clients expect. Over HTTP it becomes a 400.
 */
public class BadRequestException extends RuntimeException {

    private final String error;
    private final String details;

    /**
     * @param error what is wrong, always the same words for the same mistake
     * @param details what is wrong about this one
     */
    public BadRequestException(String error, String details) {
        super(error + ": " + details);
        this.error = error;
        this.details = details;
    }

    public String error() {
        return error;
    }

    public String details() {
        return details;
    }
}
