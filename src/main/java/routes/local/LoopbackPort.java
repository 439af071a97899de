package routes.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on 127.0.0.1. */
final class LoopbackPort {

    static final String HOST = "127.0.0.1";

    /** Below the range that Linux, macOS and Windows use for outgoing connections, so that no client takes the port first. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;

    private LoopbackPort() {}

    /** The configured port, or any free one for 0. */
    static int choose(int configured) {
        return configured == 0 ? free() : configured;
    }

    static int free() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new LocalServiceException(
                "No free TCP port between %d and %d was found on %s.".formatted(LOWEST, HIGHEST, HOST),
                "Set the caravan.local.<service>.port keys to free ports.");
    }

    /** Fails if another program listens on the port; the message names the keys to change. */
    static void requireFree(int port, LocalService service) {
        if (!isFree(port)) {
            throw new LocalServiceException(
                    "Port %d for the local %s is taken by another program, perhaps another Caravan."
                            .formatted(port, service.title()),
                    "Stop that program, set %s to another port (0 picks a free one), or point %s at a running server."
                            .formatted(service.portKey(), service.addressKey()));
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
