package routes.component.redisstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A network between a client and a local server that can lose its connections, or stop carrying anything. */
final class TcpProxy implements AutoCloseable {

    private enum Network {
        WORKING,
        BROKEN,
        STALLED
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final int target;
    private Network network = Network.WORKING;

    TcpProxy(int target) throws IOException {
        this.target = target;
        threads.execute(this::acceptAll);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** All connections break, new ones are cut at once. */
    void breakDown() throws IOException {
        set(Network.BROKEN);
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** Connections stay, but nothing arrives any more. */
    void stall() {
        set(Network.STALLED);
    }

    void restore() {
        set(Network.WORKING);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        breakDown();
        threads.shutdownNow();
    }

    private synchronized void set(Network state) {
        network = state;
        notifyAll();
    }

    private synchronized boolean carries() throws InterruptedException {
        while (network == Network.STALLED) {
            wait();
        }
        return network == Network.WORKING;
    }

    private void acceptAll() {
        try {
            while (true) {
                join(listener.accept());
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void join(Socket client) throws IOException {
        sockets.add(client);
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(server);
            threads.execute(() -> carry(client, server));
            threads.execute(() -> carry(server, client));
        } catch (ConnectException serverIsDown) {
            client.close();
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length;
            while ((length = in.read(buffer)) >= 0 && carries()) {
                out.write(buffer, 0, length);
            }
        } catch (IOException | InterruptedException gone) {
            // the connection ends, as the test wants
        }
    }
}
