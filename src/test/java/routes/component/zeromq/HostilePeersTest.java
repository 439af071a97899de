package routes.component.zeromq;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.apache.camel.ExchangePattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import routes.component.zeromq.socket.ZeroMqSocketType;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.component.zeromq.CamelRuntime.eventually;

/** Whoever can connect to one socket must not be able to stop it, or the others that share its I/O thread. */
@Timeout(180)
class HostilePeersTest {

    private static final long SEED = 20_261_128;
    private static final int CONVERSATIONS = 40;
    private static final int CONNECTIONS_AT_ONCE = 50;
    private static final int SERVERS = 6;
    private static final int EACH = 3;
    private static final ZMQ.Curve.KeyPair SERVER = ZMQ.Curve.generateKeyPair();
    private static final ZMQ.Curve.KeyPair CLIENT = ZMQ.Curve.generateKeyPair();

    private final Map<ZeroMqSocketType, ZeroMqProducer> producers = new EnumMap<>(ZeroMqSocketType.class);
    private CamelRuntime camel;
    private ZContext honest;

    @BeforeEach
    void open() {
        camel = new CamelRuntime();
        honest = new ZContext();
    }

    @AfterEach
    void close() {
        honest.close();
        camel.close();
    }

    @ParameterizedTest(name = "CURVE: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("CP1 After any bytes to any type of socket that binds, honest peers of all of them are served")
    void garbage(boolean curve) throws Exception {
        for (ZeroMqSocketType type : ZeroMqSocketType.values()) {
            bind(type, curve);
        }
        ZMQ.Socket early = peer(ZeroMqSocketType.PULL, curve);
        early.send("before");
        eventually().until(() -> camel.seen().contains("before"));

        for (ZeroMqSocketType type : ZeroMqSocketType.values()) {
            HostileBytes bytes = new HostileBytes(SEED + type.ordinal(), type, curve);
            attack(address(type), bytes.everyLength());
            attack(address(type), bytes.garbage(CONVERSATIONS));
        }

        early.send("after");
        eventually().until(() -> camel.seen().contains("after"));
        for (ZeroMqSocketType type : ZeroMqSocketType.values()) {
            serves(type, curve);
        }
    }

    @Test
    @DisplayName("CP1 A server that sends garbage to a socket that connects does not keep it from its other servers")
    void hostileServer() throws Exception {
        ZMQ.Socket server = honest.createSocket(SocketType.PUSH);
        server.bind("tcp://127.0.0.1:*");
        List<HostileServer> hostile = new ArrayList<>();
        List<HostileBytes.Conversation> bytes = new HostileBytes(SEED, ZeroMqSocketType.PULL, false).everyLength();
        for (int i = 0; i < SERVERS; i++) {
            hostile.add(HostileServer.start(bytes.get(i * EACH)));
        }
        String addresses = hostile.stream().map(HostileServer::address).collect(Collectors.joining(","));
        camel.consume("zeromq:" + addresses + "," + server.getLastEndpoint() + "?socketType=PULL");

        for (HostileServer each : hostile) {
            each.attack().get(10, TimeUnit.SECONDS);
        }
        server.send("honest");

        eventually().until(() -> camel.seen().contains("honest"));
    }

    /** @param attack done when the bytes are sent and the component has ended the connection */
    private record HostileServer(String address, CompletableFuture<Void> attack) {

        static HostileServer start(HostileBytes.Conversation conversation) throws IOException {
            ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            CompletableFuture<Void> attack = CompletableFuture.runAsync(
                    () -> {
                        try (server;
                                Socket connection = server.accept()) {
                            conversation.over(connection);
                        } catch (IOException e) {
                            assertThat(server.isBound()).isTrue(); // the connection was ended, as it should be
                        }
                    },
                    task -> new Thread(task).start());
            return new HostileServer("tcp://127.0.0.1:" + server.getLocalPort(), attack);
        }
    }

    /** Consumers have a route; sockets of the types that only send are opened by their producers. */
    private void bind(ZeroMqSocketType type, boolean curve) throws Exception {
        if (type.consumes()) {
            camel.consume(type.name(), uri(type, curve), exchange -> exchange.getMessage()
                    .setBody(CamelRuntime.text(exchange.getIn().getBody())));
        } else {
            ZeroMqProducer producer = (ZeroMqProducer)
                    camel.context().getEndpoint(uri(type, curve)).createProducer();
            camel.context().addService(producer);
            producers.put(type, producer);
        }
        eventually().until(() -> !address(type).isEmpty());
    }

    private String address(ZeroMqSocketType type) {
        ZeroMqProducer producer = producers.get(type);
        return producer == null ? camel.consumer(type.name()).getEndpoints() : producer.getEndpoints();
    }

    private static String uri(ZeroMqSocketType type, boolean curve) {
        String uri = "zeromq:tcp://127.0.0.1:0?mode=bind&socketType=" + type;
        return curve ? uri + "&curveServer=true&curveSecretKey=RAW(" + SERVER.secretKey + ")" : uri;
    }

    private static void attack(String address, List<HostileBytes.Conversation> conversations) throws IOException {
        URI target = URI.create(address);
        Deque<Socket> connections = new ArrayDeque<>();
        for (HostileBytes.Conversation conversation : conversations) {
            Socket connection = new Socket(target.getHost(), target.getPort());
            connections.add(connection);
            try {
                conversation.over(connection);
            } catch (IOException e) {
                assertThat(connection.isConnected()).isTrue(); // and was then ended, as it should be
            }
            if (connections.size() > CONNECTIONS_AT_ONCE) {
                connections.remove().close();
            }
        }
        for (Socket connection : connections) {
            connection.close();
        }
    }

    private ZMQ.Socket peer(ZeroMqSocketType type, boolean curve) {
        ZMQ.Socket peer = honest.createSocket(
                switch (type) {
                    case SUB -> SocketType.PUB;
                    case XSUB -> SocketType.XPUB;
                    case PUB, XPUB -> SocketType.SUB;
                    case PULL -> SocketType.PUSH;
                    case PUSH -> SocketType.PULL;
                    case REP -> SocketType.REQ;
                    case REQ -> SocketType.REP;
                    case ROUTER, DEALER -> SocketType.DEALER;
                    case PAIR -> SocketType.PAIR;
                });
        if (curve) {
            peer.setCurveServerKey(ZMQ.Curve.z85Decode(SERVER.publicKey));
            peer.setCurvePublicKey(ZMQ.Curve.z85Decode(CLIENT.publicKey));
            peer.setCurveSecretKey(ZMQ.Curve.z85Decode(CLIENT.secretKey));
        }
        peer.setHandshakeIvl(2_000);
        peer.setReceiveTimeOut(100);
        peer.setLinger(0);
        peer.connect(address(type));
        return peer;
    }

    private void serves(ZeroMqSocketType type, boolean curve) {
        String hello = "hello " + type;
        try (ZMQ.Socket peer = peer(type, curve)) {
            switch (type) {
                case PUB, XPUB, PUSH -> {
                    if (type != ZeroMqSocketType.PUSH) {
                        peer.subscribe("hello");
                    }
                    eventually().alias(hello).until(() -> {
                        camel.send(uri(type, curve), hello);
                        return heard(peer, hello);
                    });
                }
                case REQ ->
                    eventually().alias(hello).until(() -> {
                        CompletableFuture<Object> reply =
                                camel.template().asyncRequestBody(uri(type, curve) + "&receiveTimeout=300", hello);
                        while (!reply.isDone()) {
                            String request = peer.recvStr();
                            if (request != null) {
                                peer.send(request);
                            }
                        }
                        return !reply.isCompletedExceptionally();
                    });
                case XSUB -> {
                    camel.template().sendBody(uri(type, curve), ExchangePattern.InOnly, new byte[] {1});
                    eventually().alias(hello).until(() -> {
                        peer.send(hello);
                        return camel.seen().contains(hello);
                    });
                }
                case REP -> {
                    peer.send(hello);
                    eventually().alias(hello).until(() -> heard(peer, hello));
                }
                default ->
                    eventually().alias(hello).until(() -> {
                        peer.send(hello, ZMQ.DONTWAIT);
                        return camel.seen().contains(hello);
                    });
            }
        }
    }

    private static boolean heard(ZMQ.Socket peer, String text) {
        byte[] frame = peer.recv();
        return frame != null && new String(frame, StandardCharsets.UTF_8).equals(text);
    }
}
