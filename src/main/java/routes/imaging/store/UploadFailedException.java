package routes.imaging.store;

import java.io.IOException;

/**
 * An attempt to upload failed for a reason that is expected to pass: the network, an overloaded store, a stop of the
 * process. Nothing unfinished is left in the store; try again.
 */
class UploadFailedException extends IOException {

    UploadFailedException(String message) {
        super(message);
    }

    UploadFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
