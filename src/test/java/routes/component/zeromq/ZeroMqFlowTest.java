package routes.component.zeromq;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.util.TestSocketUtils;
import routes.component.zeromq.socket.SocketOutcome;
import routes.component.zeromq.socket.ZeroMqException;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.component.zeromq.CamelRuntime.eventually;

/** What the component does under load, without peers, with wrong ones, and when it stops; against libzmq. */
@Tag("peer")
@Timeout(120)
class ZeroMqFlowTest {

    private static final String ANY_PORT = "tcp://127.0.0.1:*";
    private static final String BOUND = "zeromq:tcp://127.0.0.1:0?mode=bind&socketType=";

    private LibzmqPeer peer;
    private CamelRuntime camel;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() {
        peer = new LibzmqPeer();
        camel = new CamelRuntime();
    }

    @AfterEach
    void close() {
        camel.close();
        peer.close();
    }

    @Test
    @DisplayName("a slow route holds the sender back, and nothing is lost")
    void backPressure() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        camel.consume(
                BOUND + "PULL&maxInflight=5&receiveHighWaterMark=5",
                exchange -> assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue());
        peer.connect("push", "PUSH", camel.boundAddress(), Map.of("SNDHWM", 5, "SNDBUF", 20_000));

        int accepted = peer.sendMany("push", 10_000, 50_000);

        assertThat(accepted).isBetween(10, 2_000);
        assertThat(camel.consumer().getInflightMessages()).isEqualTo(5);
        gate.countDown();
        eventually().until(() -> camel.seen().size() == accepted);
        assertThat(camel.seen())
                .extracting(message -> message.substring(0, message.indexOf('|')))
                .containsExactlyElementsOf(numbers(accepted));
    }

    @Test
    @DisplayName("bytes in flight are bounded too")
    void bytesInFlight() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        camel.consume(BOUND + "PULL&maxInflightBytes=100000", exchange -> assertThat(gate.await(60, TimeUnit.SECONDS))
                .isTrue());
        peer.connect("push", "PUSH", camel.boundAddress(), Map.of());

        peer.sendMany("push", 20, 30_000);

        eventually().until(() -> camel.consumer().getInflightMessages() == 4);
        assertThat(camel.consumer().getInflightBytes()).isBetween(100_000L, 130_000L);
        gate.countDown();
        eventually().until(() -> camel.seen().size() == 20);
    }

    @Test
    @DisplayName(
            "a full peer fails the exchange after sendTimeout, naming address and time; later all that was accepted arrives")
    void highWaterMark() {
        String address = peer.bind("pull", "PULL", ANY_PORT, Map.of("RCVHWM", 2, "RCVBUF", 20_000));
        String uri = "zeromq:" + address + "?socketType=PUSH&sendHighWaterMark=2&sendTimeout=300";
        connect(uri);
        int accepted = 0;
        Exchange last = camel.send(uri, new byte[1_000_000]);
        while (last.getException() == null) {
            accepted++;
            last = camel.send(uri, new byte[1_000_000]);
        }

        assertThat(last.getException()).hasMessageContaining(address).hasMessageContaining("300 ms");
        assertThat(peer.receiveMany("pull", accepted + 1, 1_000)).hasSize(accepted);
    }

    @Test
    @DisplayName("of a batch goes what there is room for, in order; the header says how much, and no room fails it")
    void batches() {
        String address = peer.bind("pull", "PULL", ANY_PORT, Map.of("RCVHWM", 2, "RCVBUF", 20_000));
        String uri = "zeromq:" + address + "?socketType=PUSH&sendHighWaterMark=2&sendTimeout=300";
        connect(uri);
        List<List<byte[]>> messages = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            messages.add(List.of(Integer.toString(i).getBytes(StandardCharsets.UTF_8), new byte[200_000]));
        }
        int accepted = 0;
        Exchange last = camel.send(uri, new ZeroMqBatch(messages));
        while (last.getException() == null) {
            int taken = last.getMessage().getHeader(ZeroMqConstants.ACCEPTED, int.class);
            assertThat(taken).isPositive();
            accepted += taken;
            last = camel.send(uri, new ZeroMqBatch(messages.subList(accepted, messages.size())));
        }

        assertThat(accepted).isBetween(3, 900);
        assertThat(last.getException()).hasMessageContaining(address).hasMessageContaining("300 ms");
        assertThat(peer.receiveMany("pull", accepted + 1, 1_000))
                .extracting(message -> message.get(0))
                .containsExactlyElementsOf(numbers(accepted));
    }

    /** JeroMQ loses a handshake now and then, and makes another two seconds later. */
    private void connect(String uri) {
        assertThat(camel.send(uri, "hello").getException()).isNull();
        assertThat(peer.receive("pull", 20_000)).containsExactly("hello");
    }

    @Test
    @DisplayName("a batch that would have to be answered is refused")
    void batchOfRequests() {
        Exchange sent =
                camel.send("zeromq:tcp://127.0.0.1:1?socketType=REQ", new ZeroMqBatch(List.of(List.of(new byte[1]))));

        assertThat(sent.getException()).isInstanceOf(IllegalArgumentException.class);
        assertThat(sent.getException()).hasMessageContaining("one by one");
    }

    @Test
    @DisplayName("with immediate=true nothing is accepted without a peer")
    void immediate() {
        String address = "tcp://127.0.0.1:" + TestSocketUtils.findAvailableTcpPort();

        Exchange sent = camel.send("zeromq:" + address + "?socketType=PUSH&immediate=true&sendTimeout=200", "x");

        assertThat(sent.getException()).isInstanceOf(ZeroMqException.class).hasMessageContaining(address);
    }

    @Test
    @DisplayName("PUB with noDrop waits for a slow subscriber and then fails")
    void slowSubscriberIsWaitedFor() {
        String waiting = slowSubscriber() + "?socketType=PUB&noDrop=true&sendHighWaterMark=2&sendTimeout=300";
        eventually().until(() -> {
            camel.send(waiting, "hello");
            return peer.receive("sub", 100) != null;
        });

        eventually().until(() -> camel.send(waiting, new byte[1_000_000]).getException() instanceof ZeroMqException);
    }

    @Test
    @DisplayName("PUB without noDrop goes on, and every message a slow subscriber misses is counted")
    void slowSubscriberIsLeftOut() throws Exception {
        String dropping = slowSubscriber() + "?socketType=PUB&sendHighWaterMark=2";
        eventually().until(() -> {
            camel.send(dropping, "hello");
            return peer.receive("sub", 100) != null;
        });
        // A slow machine says hello more than once, and may drop one of them
        peer.receiveMany("sub", 1_000, 300);
        long droppedBefore = dropped(dropping);
        int sent = 0;
        while (dropped(dropping) - droppedBefore < 20) {
            assertThat(camel.send(dropping, numbered(sent++)).getException()).isNull();
        }

        assertThat(peer.receiveMany("sub", sent, 1_000)).hasSize(sent - (int) (dropped(dropping) - droppedBefore));
    }

    private String slowSubscriber() {
        return "zeromq:" + peer.bind("sub", "SUB", ANY_PORT, Map.of("SUBSCRIBE", "", "RCVHWM", 2, "RCVBUF", 20_000));
    }

    private long dropped(String uri) throws InterruptedException {
        return camel.socket(uri).statistics().get(SocketOutcome.DROPPED_FULL);
    }

    private static byte[] numbered(int number) {
        return Arrays.copyOf((number + "|").getBytes(StandardCharsets.US_ASCII), 1_000_000);
    }

    @Test
    @DisplayName("a peer that dies and comes back gets what was accepted meanwhile")
    void peerRestarts() throws Exception {
        String address = peer.bind("pull", "PULL", ANY_PORT, Map.of());
        String uri = "zeromq:" + address + "?socketType=PUSH";
        camel.send(uri, "before");
        assertThat(peer.receive("pull")).containsExactly("before");

        peer.close("pull");
        eventually().until(() -> camel.socket(uri).statistics().peers() == 0);
        camel.send(uri, "meanwhile");
        peer.bind("pull", "PULL", address, Map.of());

        assertThat(peer.receive("pull")).containsExactly("meanwhile");
    }

    @Test
    @DisplayName("an address in use: the consumer is DOWN and says so, until the address is free")
    void rebinds() throws Exception {
        String address = "tcp://127.0.0.1:" + TestSocketUtils.findAvailableTcpPort();
        peer.bind("thief", "PULL", address, Map.of());
        camel.consume("zeromq:" + address + "?mode=bind&socketType=PULL&reopenDelay=100&reopenMaxDelay=200");
        eventually().until(() -> !camel.consumer().getTrouble().isEmpty());
        assertThat(health()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(camel.consumer().getTrouble()).contains(address);

        peer.close("thief");
        eventually().until(() -> camel.consumer().getTrouble().isEmpty());
        peer.connect("push", "PUSH", address, Map.of());
        peer.send("push", "works");

        eventually().until(() -> camel.seen().equals(List.of("works")));
        assertThat(health()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    @DisplayName("bridgeErrorHandler brings an address in use into the route")
    void bridges() throws Exception {
        String address = peer.bind("thief", "PULL", ANY_PORT, Map.of());
        List<Throwable> handled = Collections.synchronizedList(new ArrayList<>());
        camel.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(ZeroMqException.class)
                        .handled(true)
                        .process(exchange ->
                                handled.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)));
                from("zeromq:" + address + "?mode=bind&socketType=PULL&bridgeErrorHandler=true")
                        .to("log:unused");
            }
        });

        eventually().until(() -> !handled.isEmpty());
        assertThat(handled.get(0)).hasMessageContaining(address);
    }

    @Test
    @DisplayName("CURVE: the allowed key comes in, another one and a stranger without keys do not")
    void curveServer() throws Exception {
        LibzmqPeer.Keys server = peer.keys();
        LibzmqPeer.Keys friend = peer.keys();
        LibzmqPeer.Keys stranger = peer.keys();
        camel.consume(BOUND + "PULL&curveServer=true&curveSecretKey=" + server.secretHex() + "&curveAllowedKeys="
                + friend.publicHex());
        String address = camel.boundAddress();

        peer.connect("stranger", "PUSH", address, curve(stranger, server));
        peer.connect("naked", "PUSH", address, Map.of());
        sendInVain("stranger");
        sendInVain("naked");
        eventually()
                .until(() -> camel.consumer().getHandshakeFailures()
                                + camel.consumer().getDisconnects()
                        > 0);
        peer.connect("friend", "PUSH", address, curve(friend, server));
        peer.send("friend", "hello");

        eventually().until(() -> !camel.seen().isEmpty());
        assertThat(camel.seen()).containsExactly("hello");
    }

    /** A connection that was refused before there was anything to send may be gone already. */
    private void sendInVain(String socket) {
        try {
            peer.send(socket, "let me in");
        } catch (AssertionError refused) {
            assertThat(refused).hasMessageContaining("temporarily unavailable");
        }
    }

    @Test
    @DisplayName("CURVE: a producer with the right server key is served by libzmq, one with a wrong key is not")
    void curveClient() {
        LibzmqPeer.Keys server = peer.keys();
        LibzmqPeer.Keys client = peer.keys();
        String address =
                peer.bind("pull", "PULL", ANY_PORT, Map.of("CURVE_SERVER", 1, "CURVE_SECRETKEY", server.secretKey()));
        String uri = "zeromq:" + address + "?socketType=PUSH&curvePublicKey=" + client.publicHex() + "&curveSecretKey="
                + client.secretHex() + "&curveServerKey=";

        camel.send(uri + peer.keys().publicHex(), "wrong");
        camel.send(uri + server.publicHex(), "right");

        assertThat(peer.receive("pull")).containsExactly("right");
        assertThat(peer.receive("pull", 500)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"&heartbeatTimeout=300", ""})
    @DisplayName("CR8 a heartbeat notices a peer that is silent, by its time-out or else by its interval")
    void heartbeat(String timeout) throws Exception {
        camel.consume(BOUND + "PULL&heartbeatInterval=500" + timeout);
        peer.connect("push", "PUSH", camel.boundAddress(), Map.of());
        eventually().until(() -> camel.consumer().getPeers() == 1);

        peer.freeze();

        eventually().until(() -> camel.consumer().getDisconnects() == 1);
    }

    @Test
    @DisplayName("50 MB in one frame, both ways")
    void bigMessages() throws Exception {
        int size = 50_000_000;
        camel.consume(BOUND + "PULL", exchange -> {
            byte[] body = exchange.getIn().getBody(byte[].class);
            exchange.setProperty("size", body.length);
        });
        peer.connect("push", "PUSH", camel.boundAddress(), Map.of());
        peer.sendBig("push", size);
        eventually().until(() -> camel.seen().size() == 1);
        assertThat(camel.seen().get(0)).hasSize(size);

        String uri = "zeromq:" + peer.bind("pull", "PULL", ANY_PORT, Map.of()) + "?socketType=PUSH";
        camel.send(uri, new byte[size]);
        assertThat(peer.receiveBig("pull").path("size").asInt()).isEqualTo(size);
    }

    @Test
    @DisplayName("a frame above maxMessageSize disconnects its sender and does not reach the route")
    void tooBig() throws Exception {
        camel.consume(BOUND + "PULL&maxMessageSize=1000");
        peer.connect("push", "PUSH", camel.boundAddress(), Map.of());

        peer.sendBig("push", 10_000);

        eventually().until(() -> camel.consumer().getDisconnects() > 0);
        assertThat(camel.seen()).isEmpty();
    }

    @Test
    @DisplayName("eight threads share one socket: messages stay whole, and each thread's stay in order")
    void sharedSocket() throws Exception {
        int threads = 8;
        int each = 500;
        String uri = "zeromq:" + peer.bind("pull", "PULL", ANY_PORT, Map.of()) + "?socketType=PUSH";
        camel.send(uri, List.of("9", "0", "9-0"));
        ExecutorService senders = Executors.newFixedThreadPool(threads);
        List<Future<?>> done = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            String name = String.valueOf(thread);
            done.add(senders.submit(() -> {
                for (int i = 0; i < each; i++) {
                    camel.send(uri, List.of(name, String.valueOf(i), name + "-" + i));
                }
            }));
        }
        for (Future<?> thread : done) {
            thread.get();
        }
        senders.shutdown();

        List<List<String>> received = peer.receiveMany("pull", threads * each + 1, 20_000);
        assertThat(received).hasSize(threads * each + 1);
        assertThat(received)
                .allSatisfy(frames -> assertThat(frames.get(2)).isEqualTo(frames.get(0) + "-" + frames.get(1)));
        Map<String, List<String>> byThread = new HashMap<>();
        received.forEach(frames -> byThread.computeIfAbsent(frames.get(0), name -> new ArrayList<>())
                .add(frames.get(1)));
        byThread.remove("9");
        assertThat(byThread.values()).hasSize(threads).allSatisfy(order -> assertThat(order)
                .containsExactlyElementsOf(numbers(each)));
        assertThat(camel.socket(uri).statistics().peers()).isEqualTo(1);
    }

    @Test
    @DisplayName("with a dead peer and messages for it, stopping takes seconds")
    void stopsInTime() {
        String uri = "zeromq:tcp://127.0.0.1:" + TestSocketUtils.findAvailableTcpPort() + "?socketType=PUSH";
        for (int i = 0; i < 10; i++) {
            camel.send(uri, "nobody will read this");
        }
        long begin = System.nanoTime();

        camel.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
    }

    @Test
    @DisplayName("a suspended consumer reads nothing, a resumed one goes on without loss")
    void suspends() throws Exception {
        camel.consume(BOUND + "PULL");
        peer.connect("push", "PUSH", camel.boundAddress(), Map.of());
        peer.send("push", "1");
        eventually().until(() -> camel.seen().size() == 1);

        camel.context().getRouteController().suspendRoute("consumer");
        peer.sendMany("push", 3, 1);
        assertThat(camel.seen()).hasSize(1);
        camel.context().getRouteController().resumeRoute("consumer");

        eventually().until(() -> camel.seen().size() == 4);
    }

    @Test
    @DisplayName("ipc with libzmq: bound with permissions in a new folder, and connected to its socket")
    void ipc() throws Exception {
        Path file = folder.resolve("new").resolve("in.sock");
        camel.consume("zeromq:ipc://" + file + "?mode=bind&socketType=PULL&ipcPermissions=rwxrwx---");
        camel.boundAddress();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxrwx---");
        peer.connect("push", "PUSH", "ipc://" + file, Map.of());
        peer.send("push", "over", "ipc");
        eventually().until(() -> camel.seen().equals(List.of("over|ipc")));

        Path other = folder.resolve("out.sock");
        peer.bind("pull", "PULL", "ipc://" + other, Map.of());
        camel.send("zeromq:ipc://" + other + "?socketType=PUSH", "back");
        assertThat(peer.receive("pull")).containsExactly("back");
    }

    @Test
    @DisplayName("inproc joins routes of one Camel context")
    void inproc() throws Exception {
        camel.consume("zeromq:inproc://here?mode=bind&socketType=PULL");
        camel.boundAddress();

        camel.send("zeromq:inproc://here?socketType=PUSH", List.of("a", "b"));

        eventually().until(() -> camel.seen().equals(List.of("a|b")));
    }

    @Test
    @DisplayName(
            "an exchange that goes on elsewhere is not waited for: the next ones start in order, up to maxInflight")
    void pipelines() throws Exception {
        List<AsyncCallback> waiting = Collections.synchronizedList(new ArrayList<>());
        camel.consume(BOUND + "PULL&maxInflight=10", new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                waiting.add(callback);
                return false;
            }
        });
        peer.connect("push", "PUSH", camel.boundAddress(), Map.of());
        peer.sendMany("push", 30, 10);
        eventually().until(() -> waiting.size() == 10);
        assertThat(camel.consumer().getInflightMessages()).isEqualTo(10);

        for (int done = 0; done < 30; done++) {
            int next = done;
            eventually().until(() -> waiting.size() > next);
            waiting.get(done).done(false);
        }

        assertThat(camel.seen())
                .extracting(message -> message.substring(0, message.indexOf('|')))
                .containsExactlyElementsOf(numbers(30));
        eventually().until(() -> camel.consumer().getInflightMessages() == 0);
    }

    @Test
    @DisplayName(
            "batches: an exchange has what has arrived, in order, and waits for no more; each is answered by its id")
    void consumesBatches() throws Exception {
        List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch gate = new CountDownLatch(1);
        camel.consume(BOUND + "ROUTER&batchSize=4&exchangePattern=InOut", exchange -> {
            ZeroMqBatch batch = exchange.getMessage().getBody(ZeroMqBatch.class);
            batches.add(batch.messages().stream()
                    .map(message -> new String(message.get(1)))
                    .toList());
            assertThat(gate.await(60, TimeUnit.SECONDS)).isTrue();
            exchange.getMessage()
                    .setBody(new ZeroMqBatch(batch.messages().stream()
                            .map(message -> List.of(
                                    message.get(0),
                                    ("to " + new String(message.get(1))).getBytes(StandardCharsets.UTF_8)))
                            .toList()));
        });
        peer.connect("dealer", "DEALER", camel.boundAddress(), Map.of());
        peer.send("dealer", "0");
        eventually().until(() -> batches.size() == 1);
        for (int number = 1; number <= 6; number++) {
            peer.send("dealer", String.valueOf(number));
        }
        eventually().until(() -> camel.consumer().getInflightMessages() == 7);
        gate.countDown();

        for (int number = 0; number <= 6; number++) {
            assertThat(peer.receive("dealer")).containsExactly("to " + number);
        }
        assertThat(batches).containsExactly(List.of("0"), List.of("1", "2", "3", "4"), List.of("5", "6"));
        eventually().until(() -> camel.consumer().getInflightMessages() == 0);
    }

    @Test
    @DisplayName("when the exchange of a batch fails, or replies nothing sensible, each of its senders hears so")
    void failedBatch() throws Exception {
        camel.consume(BOUND + "ROUTER&batchSize=4&exchangePattern=InOut&failureReply=sorry", exchange -> {
            if (exchange.getMessage().getBody(ZeroMqBatch.class).messages().size() == 1) {
                throw new IllegalStateException("no");
            }
            exchange.getMessage().setBody("to whom?");
        });
        peer.connect("one", "DEALER", camel.boundAddress(), Map.of());
        peer.connect("two", "DEALER", camel.boundAddress(), Map.of());
        peer.send("one", "a");
        peer.send("two", "b");

        assertThat(peer.receive("one")).containsExactly("sorry");
        assertThat(peer.receive("two")).containsExactly("sorry");
    }

    @Test
    @DisplayName("REP waits with the next request for the reply of an exchange that went on elsewhere")
    void repOneAtATime() throws Exception {
        List<AsyncCallback> waiting = Collections.synchronizedList(new ArrayList<>());
        camel.consume(BOUND + "REP", new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                waiting.add(callback);
                return false;
            }
        });
        peer.connect("one", "REQ", camel.boundAddress(), Map.of());
        peer.connect("two", "REQ", camel.boundAddress(), Map.of());
        peer.send("one", "question");
        eventually().until(() -> waiting.size() == 1);
        peer.send("two", "other question");
        assertThat(peer.receive("two", 300)).isNull();
        assertThat(waiting).hasSize(1);

        waiting.get(0).done(false);

        assertThat(peer.receive("one")).containsExactly("question");
        eventually().until(() -> waiting.size() == 2);
        waiting.get(1).done(false);
        assertThat(peer.receive("two")).containsExactly("other question");
    }

    @Test
    @DisplayName("one thread sends on while the messages before wait for a peer; all go when it comes, in order")
    void sendsWithoutWaiting() throws Exception {
        String address = "tcp://127.0.0.1:" + TestSocketUtils.findAvailableTcpPort();
        String uri = "zeromq:" + address + "?socketType=PUSH&immediate=true&sendTimeout=60s";
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        AsyncProducer producer = camel.context().getEndpoint(uri).createAsyncProducer();
        producer.start();
        for (int i = 0; i < 50; i++) {
            Exchange exchange = new DefaultExchange(camel.context());
            exchange.getIn().setBody(String.valueOf(i));
            sent.add(producer.processAsync(exchange));
        }
        assertThat(sent).noneMatch(CompletableFuture::isDone);

        peer.bind("pull", "PULL", address, Map.of());

        assertThat(peer.receiveMany("pull", 50, 20_000))
                .extracting(frames -> frames.get(0))
                .containsExactlyElementsOf(numbers(50));
        eventually().until(() -> sent.stream().allMatch(CompletableFuture::isDone));
        producer.stop();
    }

    private HealthCheck.State health() {
        return camel.consumer().getHealthCheck().call().getState();
    }

    private static Map<String, Object> curve(LibzmqPeer.Keys own, LibzmqPeer.Keys server) {
        return Map.of(
                "CURVE_PUBLICKEY", own.publicKey(),
                "CURVE_SECRETKEY", own.secretKey(),
                "CURVE_SERVERKEY", server.publicKey());
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }
}
