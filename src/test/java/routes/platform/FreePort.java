package routes.platform;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that stay the same over restarts of what uses them. */
public final class FreePort {

    /** Above the well-known ones, below those the system gives to clients, which would take them between two runs. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;

    private FreePort() {}

    public static int any() {
        while (true) {
            int candidate = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (ServerSocket socket = new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // the next one, then
            }
        }
    }
}
