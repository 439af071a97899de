package routes.replay.media;

import routes.platform.NotPossibleException;
import routes.platform.NotReadyException;
import routes.platform.media.MediaException;
import routes.platform.media.MediaUnavailableException;

/** Says in the words of the HTTP interface why there is no picture or clip. */
final class MediaFailures {

    /** For 422 when what is recorded does not allow it, for 503 without FFmpeg. */
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
