package routes.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

import com.google.protobuf.ByteString;
import org.awaitility.Awaitility;
import org.zeromq.SocketType;
import org.zeromq.ZAuth;
import org.zeromq.ZCert;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import routes.replay.protocol.MessageKind;
import routes.replay.protocol.SavantMessage;

/** A sink of Savant: a socket that keeps what it gets, and acknowledges as Savant's readers do. */
public final class SavantReceiver implements AutoCloseable {

    private final SocketType type;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private final ZContext context = new ZContext();
    private final int port;
    private volatile boolean acknowledging = true;

    /** One message. */
    record Received(String topic, SavantMessage message, List<byte[]> data, long nanoTime) {

        /** -1 for the end of a stream. */
        long frame() {
            return message.header()
                    .map(header -> header.id().low() & Long.MAX_VALUE)
                    .orElse(-1L);
        }
    }

    private SavantReceiver(SocketType type, int port) {
        this(type, port, context -> context.createSocket(type));
    }

    private SavantReceiver(SocketType type, int port, Function<ZContext, ZMQ.Socket> sockets) {
        this.type = type;
        ZMQ.Socket socket = sockets.apply(context);
        socket.setReceiveTimeOut(50);
        socket.setLinger(0);
        if (type == SocketType.SUB) {
            socket.subscribe(ZMQ.SUBSCRIPTION_ALL);
        }
        this.port = port == 0 ? socket.bindToRandomPort("tcp://127.0.0.1") : port;
        if (port != 0) {
            socket.bind("tcp://127.0.0.1:" + port);
        }
        this.thread = new Thread(() -> run(socket), "savant-" + type);
        this.thread.start();
    }

    public static SavantReceiver router() {
        return new SavantReceiver(SocketType.ROUTER, 0);
    }

    /**
     * A router that is a server of CURVE and lets in whoever has one key.
     *
     * @param certificates folder for its list of keys
     */
    static SavantReceiver guarded(ZMQ.Curve.KeyPair keys, String friend, Path certificates) throws IOException {
        new ZCert(friend).savePublic(certificates.resolve("friend.cert").toString());
        return new SavantReceiver(SocketType.ROUTER, 0, context -> {
            new ZAuth(context).configureCurve(certificates.toString());
            ZMQ.Socket socket = context.createSocket(SocketType.ROUTER);
            socket.setZAPDomain("global");
            socket.setCurveServer(true);
            socket.setCurvePublicKey(ZMQ.Curve.z85Decode(keys.publicKey));
            socket.setCurveSecretKey(ZMQ.Curve.z85Decode(keys.secretKey));
            return socket;
        });
    }

    static SavantReceiver rep() {
        return new SavantReceiver(SocketType.REP, 0);
    }

    static SavantReceiver sub() {
        return new SavantReceiver(SocketType.SUB, 0);
    }

    /** At a port where there was one before. */
    public static SavantReceiver router(int port) {
        return new SavantReceiver(SocketType.ROUTER, port);
    }

    int port() {
        return port;
    }

    /** For the sink of a job. */
    public String url() {
        String writer =
                switch (type) {
                    case ROUTER -> "dealer";
                    case REP -> "req";
                    default -> "pub";
                };
        return writer + "+connect:tcp://127.0.0.1:" + port;
    }

    void stopAcknowledging() {
        acknowledging = false;
    }

    private void run(ZMQ.Socket socket) {
        while (closing.getCount() > 0) {
            List<byte[]> frames = receive(socket);
            if (!frames.isEmpty()) {
                take(frames, socket);
            }
        }
        context.close();
    }

    private static List<byte[]> receive(ZMQ.Socket socket) {
        List<byte[]> frames = new ArrayList<>();
        byte[] frame = socket.recv();
        while (frame != null) {
            frames.add(frame);
            frame = socket.hasReceiveMore() ? socket.recv() : null;
        }
        return frames;
    }

    private void take(List<byte[]> frames, ZMQ.Socket socket) {
        int first = type == SocketType.ROUTER ? 1 : 0;
        SavantMessage message = SavantSamples.decoded(ByteString.copyFrom(frames.get(first + 1)));
        received.add(new Received(
                new String(frames.get(first), StandardCharsets.UTF_8),
                message,
                frames.subList(first + 2, frames.size()),
                System.nanoTime()));
        boolean wantsReply =
                type == SocketType.REP || type == SocketType.ROUTER && message.kind() == MessageKind.END_OF_STREAM;
        if (wantsReply && acknowledging) {
            if (type == SocketType.ROUTER) {
                socket.sendMore(frames.get(0));
            }
            socket.send("OK");
        }
    }

    List<Received> received() {
        return received;
    }

    /** Of one topic, which is the resulting id of a job. */
    List<Received> received(String topic) {
        return received.stream()
                .filter(message -> message.topic().equals(topic))
                .toList();
    }

    List<Long> frames(String topic) {
        return received(topic).stream().map(Received::frame).toList();
    }

    public List<Long> awaitFrames(String topic, int count) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> received(topic).size() >= count);
        return frames(topic);
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
