package routes.platform.media;

/** FFmpeg's libraries cannot be loaded on this machine; everything else works. */
public class MediaUnavailableException extends RuntimeException {

    MediaUnavailableException(Throwable cause) {
        super(
                "FFmpeg's libraries cannot be loaded, so there are no pictures and clips: " + cause.getMessage()
                        + ". Is the jar one for this platform, and can one of ~/.javacpp/cache, the temporary folder, or"
                        + " the folder of the system property org.bytedeco.javacpp.cachedir be written?",
                cause);
    }
}
