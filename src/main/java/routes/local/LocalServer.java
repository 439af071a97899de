package routes.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** One server on loopback. Its constructor does no work, so that its address is known before it runs. */
interface LocalServer {

    LocalService service();

    /** The address that clients connect to, and that the log shows. */
    String address();

    /** Where it keeps its data. */
    Path folder();

    /** The keys and values that point the clients of Spring and Camel to this server. */
    Map<String, Object> clientProperties();

    /**
     * Starts the server and returns once it serves clients.
     *
     * @throws LocalServiceException if it cannot start; tells what to do
     */
    void start() throws Exception;

    /** Stops the server. Safe to call if the start failed or never happened. */
    void stop() throws Exception;

    /** What is wrong with the running server, if anything. */
    default Optional<String> trouble() {
        return Optional.empty();
    }
}
