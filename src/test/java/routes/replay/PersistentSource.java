package routes.replay;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A source over req, which sends a frame again, over a new connection, until it is acknowledged. */
final class PersistentSource implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 1_000;

    private final SavantSource source;
    private final String address;
    private final ZContext zmq = new ZContext();
    private final AtomicLong acknowledged = new AtomicLong();
    private final Thread thread = new Thread(this::run, "persistent-source");
    private volatile boolean stopped;

    PersistentSource(SavantSource source, int port) {
        this.source = source;
        this.address = "tcp://127.0.0.1:" + port;
    }

    void start() {
        thread.start();
    }

    /** Goes on until as many more frames are acknowledged; returns the number of all of them. */
    long stopAfterAnother(long frames, Duration atMost) throws InterruptedException {
        long enough = acknowledged.get() + frames;
        Awaitility.await("acknowledged frames").atMost(atMost).until(() -> acknowledged.get() >= enough);
        stopped = true;
        thread.join();
        return acknowledged.get();
    }

    private void run() {
        while (!stopped) {
            try (ZMQ.Socket socket = zmq.createSocket(SocketType.REQ)) {
                socket.setLinger(0);
                socket.setReceiveTimeOut(PATIENCE_MILLIS);
                socket.connect(address);
                sendWhileAnswered(socket);
            }
        }
    }

    private void sendWhileAnswered(ZMQ.Socket socket) {
        while (!stopped) {
            SavantSource.send(socket, source.frame(acknowledged.get()));
            if (!"OK".equals(socket.recvStr())) {
                return;
            }
            acknowledged.incrementAndGet();
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        zmq.close();
    }
}
