package routes.replay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.protobuf.ByteString;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** A socket of a test, which speaks for another node. For one thread. */
final class ZmqPeer implements AutoCloseable {

    private static final int PATIENCE = 10_000;

    private final ZContext context = new ZContext();
    private final ZMQ.Socket socket;

    private ZmqPeer(SocketType type) {
        socket = context.createSocket(type);
        socket.setLinger(0);
        socket.setHandshakeIvl(1_000);
        socket.setSendTimeOut(PATIENCE);
        if (type == SocketType.SUB) {
            socket.subscribe("");
        }
    }

    static ZmqPeer connected(SocketType type, String address) {
        ZmqPeer peer = new ZmqPeer(type);
        peer.socket.connect(address);
        return peer;
    }

    /** With the identity that a router sees. */
    static ZmqPeer connected(SocketType type, String address, String identity) {
        ZmqPeer peer = new ZmqPeer(type);
        peer.socket.setIdentity(identity.getBytes(StandardCharsets.UTF_8));
        peer.socket.connect(address);
        return peer;
    }

    static ZmqPeer encrypted(SocketType type, String address, ZMQ.Curve.KeyPair keys, String serverKey) {
        ZmqPeer peer = new ZmqPeer(type);
        peer.socket.setCurvePublicKey(ZMQ.Curve.z85Decode(keys.publicKey));
        peer.socket.setCurveSecretKey(ZMQ.Curve.z85Decode(keys.secretKey));
        peer.socket.setCurveServerKey(ZMQ.Curve.z85Decode(serverKey));
        peer.socket.connect(address);
        return peer;
    }

    static ZmqPeer bound(SocketType type, String address) {
        ZmqPeer peer = new ZmqPeer(type);
        peer.socket.bind(address);
        return peer;
    }

    String address() {
        return socket.getLastEndpoint();
    }

    /** Topic, message, data. */
    ZmqPeer send(String topic, ByteString message, String... data) {
        List<byte[]> frames = new ArrayList<>();
        frames.add(topic.getBytes(StandardCharsets.UTF_8));
        frames.add(message.toByteArray());
        for (String part : data) {
            frames.add(part.getBytes(StandardCharsets.UTF_8));
        }
        return send(frames);
    }

    ZmqPeer send(List<byte[]> frames) {
        for (int i = 0; i < frames.size(); i++) {
            if (!socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0)) {
                throw new AssertionError("not sent in time");
            }
        }
        return this;
    }

    /** Empty when nothing came in time. */
    Optional<List<byte[]>> receive(int millis) {
        socket.setReceiveTimeOut(millis);
        byte[] frame = socket.recv();
        if (frame == null) {
            return Optional.empty();
        }
        List<byte[]> frames = new ArrayList<>();
        frames.add(frame);
        while (socket.hasReceiveMore()) {
            frames.add(socket.recv());
        }
        return Optional.of(frames);
    }

    List<byte[]> receive() {
        return receive(PATIENCE).orElseThrow(() -> new AssertionError("nothing came"));
    }

    List<String> texts() {
        return receive().stream()
                .map(frame -> new String(frame, StandardCharsets.UTF_8))
                .toList();
    }

    /** The same as text, for replies. */
    static List<String> texts(List<byte[]> frames) {
        return frames.stream()
                .map(frame -> new String(frame, StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() {
        context.close();
    }
}
