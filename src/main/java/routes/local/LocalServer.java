package routes.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** One server on loopback. Making it does no work, so its address is known before it runs. */
interface LocalServer {

    LocalService service();

    /** What a client connects to; also shown to people. */
    String address();

    /** Where it keeps its data. */
    Path folder();

    /** The keys, with values, that lead Spring's and Camel's clients here. */
    Map<String, Object> clientProperties();

    /**
     * Starts and returns once clients are served.
     *
     * @throws LocalServiceException with a sentence for the person who can fix it
     */
    void start() throws Exception;

    /** Stops; safe to call when the start failed or never happened. */
    void stop() throws Exception;

    /** What is wrong with the running server, if anything. */
    default Optional<String> trouble() {
        return Optional.empty();
    }
}
