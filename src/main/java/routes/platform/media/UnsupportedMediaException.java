package routes.platform.media;

/** Nothing is wrong with the picture or stream, but this is not offered for it: codec, container or size. */
public class UnsupportedMediaException extends MediaException {

    public UnsupportedMediaException(String message) {
        super(message);
    }
}
