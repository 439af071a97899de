package routes.replay.media;

import routes.platform.NotPossibleException;
import routes.platform.NotReadyException;
import routes.platform.media.MediaException;
import routes.platform.media.MediaUnavailableException;

/** Turns failures of FFmpeg into those that the HTTP interface answers. */
final class MediaFailures {

    /** A failure that becomes a 422 when the recording does not allow it, and a 503 without FFmpeg. */
    RuntimeException answer(RuntimeException failure) {
        if (failure instanceof MediaException) {
            return new NotPossibleException(String.valueOf(failure.getMessage()));
        }
        if (failure instanceof MediaUnavailableException) {
            return new NotReadyException(String.valueOf(failure.getMessage()));
        }
        return failure;
    }
}
