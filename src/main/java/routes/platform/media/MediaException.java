package routes.platform.media;

/** A picture or stream that FFmpeg cannot read or write, with its reason. Trying again gives the same. */
public class MediaException extends RuntimeException {

    public MediaException(String message) {
        super(message);
    }
}
