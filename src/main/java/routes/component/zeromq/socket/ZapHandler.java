package routes.component.zeromq.socket;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

/**
 * Decides which CURVE clients may connect, by the authentication protocol of ZeroMQ (RFC 27): sockets ask it through
 * inproc, each under a domain of its own. Domains without a list let in all clients that know the server's key.
 */
public final class ZapHandler implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ZapHandler.class);
    private static final String ADDRESS = "inproc://zeromq.zap.01";

    /** How long {@link #close()} may stay unnoticed. */
    private static final int LOOK_UP_MILLIS = 200;

    /** Delimiter-free request: version, request id, domain, address, identity, mechanism, key. */
    private static final int FRAMES_WITH_KEY = 7;

    private final ZMQ.Socket socket;
    private final ExecutorService thread;
    private final Map<String, Set<String>> allowedKeys;
    private volatile boolean closing;
    private volatile boolean died;

    private ZapHandler(ZMQ.Socket socket, ExecutorService thread, Map<String, Set<String>> allowedKeys) {
        this.socket = socket;
        this.thread = thread;
        this.allowedKeys = allowedKeys;
    }

    /**
     * Bound when this returns, so that no socket asks before; the socket then belongs to the thread.
     *
     * @param allowedKeys by domain; others may add to them
     */
    public static ZapHandler start(ZMQ.Context context, ExecutorService thread, Map<String, Set<String>> allowedKeys) {
        ZMQ.Socket socket = context.socket(SocketType.REP);
        socket.setLinger(0);
        socket.setReceiveTimeOut(LOOK_UP_MILLIS);
        socket.bind(ADDRESS);
        ZapHandler handler = new ZapHandler(socket, thread, allowedKeys);
        thread.execute(handler);
        return handler;
    }

    @Override
    public void run() {
        try (socket) {
            while (!closing) {
                answerNext();
            }
        } catch (RuntimeException | Error e) {
            boolean ordinary = e instanceof ZMQException end && end.getErrorCode() == ZError.ETERM;
            if (!ordinary && !closing) {
                LOG.error("The handler of CURVE keys died; a new context will take its place", e);
                died = true;
            }
        }
    }

    /** Whether it ended although nobody closed it, so that no CURVE client can connect any more. */
    public boolean hasDied() {
        return died;
    }

    public void close() {
        closing = true;
        thread.shutdown();
    }

    private void answerNext() {
        byte[] first = socket.recv();
        if (first == null) {
            return;
        }
        List<byte[]> request = new ArrayList<>();
        request.add(first);
        while (socket.hasReceiveMore()) {
            request.add(socket.recv());
        }
        boolean allowed = request.size() == FRAMES_WITH_KEY
                && mayConnect(text(request.get(2)), ZMQ.Curve.z85Encode(request.get(6)));
        socket.sendMore(request.get(0));
        socket.sendMore(request.size() > 1 ? request.get(1) : new byte[0]);
        socket.sendMore(allowed ? "200" : "400");
        socket.sendMore(allowed ? "OK" : "This key may not connect");
        socket.sendMore("");
        socket.send("");
    }

    private boolean mayConnect(String domain, String key) {
        Set<String> keys = allowedKeys.get(domain);
        boolean allowed = keys == null || keys.contains(key);
        if (!allowed) {
            LOG.warn("Refused a ZeroMQ client with the public key {}", key);
        }
        return allowed;
    }

    private static String text(byte[] frame) {
        return new String(frame, StandardCharsets.UTF_8);
    }
}
