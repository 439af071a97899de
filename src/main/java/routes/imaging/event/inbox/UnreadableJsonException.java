package routes.imaging.event.inbox;

import java.util.List;

import routes.platform.FieldProblem;
import routes.platform.InvalidInputException;

/** The event file is not JSON, or not yet: its writer may still be at work. */
final class UnreadableJsonException extends InvalidInputException {

    UnreadableJsonException(String message) {
        super(List.of(new FieldProblem(List.of("file"), "json_invalid", message, null)));
    }
}
