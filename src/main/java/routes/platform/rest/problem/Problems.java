package routes.platform.rest.problem;

import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import routes.platform.BadRequestException;
import routes.platform.ConflictException;
import routes.platform.InvalidInputException;
import routes.platform.NotFoundException;
import routes.platform.NotPossibleException;
import routes.platform.NotReadyException;

/** Finds the problem that describes a failure; failures that are not the client's fault are logged under an id. */
@Component
public class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /**
     * @param where the operation that failed, for the log
     */
    public Problem of(Throwable failure, String where) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidInputException invalid) {
                return Problem.invalid(invalid.problems());
            }
            if (cause instanceof BadRequestException bad) {
                return Problem.badRequest(bad);
            }
            if (cause instanceof NotPossibleException) {
                return Problem.of(422, String.valueOf(cause.getMessage()));
            }
            if (cause instanceof NotFoundException) {
                return Problem.of(404, String.valueOf(cause.getMessage()));
            }
            if (cause instanceof ConflictException) {
                return Problem.of(409, String.valueOf(cause.getMessage()));
            }
            if (cause instanceof NotReadyException) {
                return Problem.of(503, String.valueOf(cause.getMessage()));
            }
        }
        return Outage.causes(failure) ? log(503, failure, where) : log(500, failure, where);
    }

    private static Problem log(int status, Throwable failure, String where) {
        String errorId = UUID.randomUUID().toString();
        if (status == 503) {
            LOG.warn("{} could not answer, error_id {}: {}", where, errorId, failure.toString());
        } else {
            LOG.error("{} failed, error_id {}", where, errorId, failure);
        }
        return Problem.failure(status, errorId);
    }
}
