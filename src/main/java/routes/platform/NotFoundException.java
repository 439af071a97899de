package routes.platform;

/** What was asked for by its id does not exist. Over HTTP it becomes a 404. */
public class NotFoundException extends RuntimeException {

    public NotFoundException(String message) {
        super(message);
    }
}
