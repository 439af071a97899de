package routes.replay;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import com.google.protobuf.ByteString;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mock.MockComponent;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import routes.DocumentedRoutes;
import routes.component.framestore.api.EntryInfo;
import routes.component.framestore.api.EntryKind;
import routes.component.framestore.api.SourceSummary;
import routes.component.framestore.api.StoredEntry;
import routes.replay.ingress.IngressMetrics;
import routes.replay.ingress.ReceivedMessage.Outcome;
import routes.replay.savant.Shutdown;
import routes.replay.savant.Unknown;
import routes.replay.savant.UserData;
import routes.replay.savant.VideoFrameUpdate;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.replay.ReplaySlice.eventually;
import static routes.replay.SavantSamples.END_OF_STREAM_VECTOR;
import static routes.replay.SavantSamples.FRAME_VECTOR;
import static routes.replay.SavantSamples.endOfStream;
import static routes.replay.SavantSamples.frame1;
import static routes.replay.SavantSamples.message;
import static routes.replay.SavantSamples.message1;

/** From a socket to the store and the reply, over every kind of ingress. */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class ReplayIngestRoutesTest {

    @TempDir
    private Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private ReplaySlice replay;

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    @Test
    @DisplayName("RP14 RP16 RP47 a frame on a router is stored byte for byte, all its data frames in order")
    void frameOnRouter() {
        start();
        ZmqPeer dealer = connect(SocketType.DEALER);
        ByteString withoutSystemId = message1()
                .clearSystemId()
                .setSeqId(2)
                .setVideoFrame(frame1().setKeyframe(false))
                .build()
                .toByteString();
        dealer.send("topic", FRAME_VECTOR, "picture", "", "third").send("topic", withoutSystemId);

        List<StoredEntry> stored = replay.stored("cam-1", 2);

        assertThat(texts(stored.get(0).parts().subList(1, 4))).containsExactly("picture", "", "third");
        assertThat(stored.get(0).parts().get(0)).isEqualTo(FRAME_VECTOR.toByteArray());
        assertThat(stored.get(0).topic()).asString(StandardCharsets.UTF_8).isEqualTo("topic");
        EntryInfo info = stored.get(0).info();
        assertThat(info.kind()).isEqualTo(EntryKind.KEYFRAME);
        assertThat(info.uuid()).isEqualTo(SavantSamples.ID.toUuid());
        assertThat(info.createdNs()).isEqualTo("1767225600000000000");
        assertThat(info.video())
                .isEqualTo(new routes.component.framestore.api.VideoInfo("h264", 640, 360, 1, 90_000, 3_600, 3_600L));
        assertThat(stored.get(1).parts()).containsExactly(withoutSystemId.toByteArray());
        assertThat(stored.get(1).info().kind()).isEqualTo(EntryKind.FRAME);
    }

    @Test
    @DisplayName("RP27 RP29 over a router the end of a stream is answered with OK when it is stored, a frame is not")
    void repliesOfRouter() {
        start();
        ZmqPeer dealer = connect(SocketType.DEALER);
        dealer.send("cam-1", FRAME_VECTOR, "picture").send("cam-1", END_OF_STREAM_VECTOR);

        assertThat(dealer.texts()).containsExactly("OK");
        assertThat(replay.store().source("cam-1"))
                .hasValueSatisfying(source -> assertThat(source.nextIndex()).isEqualTo(2));
        assertThat(replay.store().entry("cam-1", 1).orElseThrow().info().kind()).isEqualTo(EntryKind.END_OF_STREAM);
        assertThat(dealer.receive(200)).isEmpty();
    }

    @Test
    @DisplayName("RP15 RP28 over rep every message is answered with OK, when it is stored")
    void rep() {
        start("in-stream.url=rep+bind:tcp://127.0.0.1:0");
        ZmqPeer req = connect(SocketType.REQ);
        for (int i = 1; i <= 5; i++) {
            req.send("cam-1", FRAME_VECTOR, "picture " + i);
            assertThat(req.texts()).containsExactly("OK");
            assertThat(replay.store().source("cam-1").orElseThrow().nextIndex()).isEqualTo(i);
        }
    }

    @Test
    @DisplayName("RP31 RP22 rep answers whatever comes: garbage, one frame alone, a wrong version; then works on")
    void repAlwaysAnswers() {
        start("in-stream.url=rep+bind:tcp://127.0.0.1:0");
        ZmqPeer req = connect(SocketType.REQ);
        req.send(List.of(new byte[] {1})).receive();
        req.send("cam-1", ByteString.copyFromUtf8("no message of Savant")).receive();
        req.send("other", version("9.9.9")).receive();
        req.send("cam-1", FRAME_VECTOR).receive();

        assertThat(replay.stored("cam-1", 1)).hasSize(1);
        assertThat(replay.counted(Outcome.TOO_SHORT)).isEqualTo(1);
        assertThat(replay.counted(Outcome.UNDECODABLE)).isEqualTo(1);
        assertThat(replay.counted(Outcome.VERSION_MISMATCH)).isEqualTo(1);
        assertThat(replay.counted(Outcome.DELIVERED)).isEqualTo(1);
    }

    @Test
    @DisplayName("CP9 a source whose id is too long for a URL or not to be printed is refused and counted")
    void sourceIds() {
        start("in-stream.url=rep+bind:tcp://127.0.0.1:0");
        ZmqPeer req = connect(SocketType.REQ);
        List<String> refused =
                List.of("x".repeat(513), "ü".repeat(257), "line\nfeed", "nul\u0000", "del\u007f", "c1\u0085", " ");
        List<String> taken = List.of("x".repeat(512), "ü".repeat(256), "rtsp://10.0.0.7/a;b%c\\", "..");
        for (String id : refused) {
            req.send("cam", source(id)).receive();
        }
        for (String id : taken) {
            req.send("cam", source(id)).receive();
        }

        assertThat(replay.store().sources())
                .extracting(SourceSummary::sourceId)
                .containsExactlyInAnyOrderElementsOf(taken);
        assertThat(replay.counted(Outcome.UNSTORABLE)).isEqualTo(refused.size());
    }

    @Test
    @DisplayName("RP15 RP32 over sub what is published is stored; the subscription asks for the prefix only")
    void sub() {
        start("in-stream.url=sub+bind:tcp://127.0.0.1:0", "in-stream.topics.prefix=cam-");
        ZmqPeer pub = connect(SocketType.PUB);
        eventually().until(() -> {
            pub.send("other", source("other")).send("cam-1", source("cam-1"), "picture");
            return replay.store().source("cam-1").isPresent();
        });

        assertThat(replay.store().source("other")).isEmpty();
        assertThat(replay.counted(Outcome.TOPIC_FILTERED)).isZero();
    }

    @Test
    @DisplayName("RP32 RP33 source_id takes exactly one topic; a filtered end of a stream is answered but not stored")
    void sourceId() {
        start("in-stream.topics.source-id=cam-1");
        ZmqPeer dealer = connect(SocketType.DEALER);
        dealer.send("cam-10", source("cam-10")).send("cam-10", endOfStream("cam-10"));
        assertThat(dealer.texts()).containsExactly("OK");
        dealer.send("cam-1", FRAME_VECTOR);

        replay.stored("cam-1", 1);

        assertThat(replay.store().source("cam-10")).isEmpty();
        assertThat(replay.counted(Outcome.TOPIC_FILTERED)).isEqualTo(2);
    }

    @Test
    @DisplayName("RP17 RP18 RP21 frame, user data and end each take the next index of the source named inside, "
            + "whatever the topic; sources count for themselves")
    void indices() {
        start();
        ZmqPeer dealer = connect(SocketType.DEALER);
        ByteString userData = message1()
                .setUserData(UserData.newBuilder().setSourceId("cam-1"))
                .build()
                .toByteString();
        dealer.send("x", FRAME_VECTOR)
                .send("x", source("cam-2"))
                .send("x", userData)
                .send("x", source("cam-2"))
                .send("x", endOfStream("cam-1"));
        assertThat(dealer.texts()).containsExactly("OK");

        assertThat(replay.stored("cam-1", 3))
                .extracting(entry -> entry.info().kind())
                .containsExactly(EntryKind.KEYFRAME, EntryKind.USER_DATA, EntryKind.END_OF_STREAM);
        assertThat(replay.stored("cam-2", 2)).hasSize(2);
        assertThat(replay.store().source("x")).isEmpty();
    }

    @Test
    @DisplayName("RP19 RP20 RP22 RP23 messages of no source, shutdown, garbage and topics that are no text do no harm")
    void nothingEndsTheIngress() {
        start();
        ZmqPeer dealer = connect(SocketType.DEALER);
        dealer.send(
                        "cam-1",
                        message1()
                                .setShutdown(Shutdown.newBuilder().setAuth("x"))
                                .build()
                                .toByteString())
                .send(
                        "cam-1",
                        message1().setUnknown(Unknown.newBuilder()).build().toByteString())
                .send(
                        "cam-1",
                        message1()
                                .setVideoFrameUpdate(VideoFrameUpdate.newBuilder())
                                .build()
                                .toByteString())
                .send(List.of(new byte[0]))
                .send("cam-1", ByteString.copyFromUtf8("garbage"))
                .send("", endOfStream(""))
                .send(List.of(new byte[] {(byte) 0xff, 0}, FRAME_VECTOR.toByteArray()));

        List<StoredEntry> stored = replay.stored("cam-1", 1);

        assertThat(stored).hasSize(1);
        assertThat(stored.get(0).topic()).containsExactly(0xff, 0);
        assertThat(replay.counted(Outcome.UNSTORABLE)).isEqualTo(1);
        assertThat(replay.store().sources()).hasSize(1);
    }

    @Test
    @DisplayName("RP30 a wrong version is dropped and its sender not listened to for 10 s, others with that topic are")
    void wrongVersion() {
        start("protocol.accepted=1.15.1");
        ZmqPeer wrong = connect(SocketType.DEALER);
        ZmqPeer right = connect(SocketType.DEALER);
        wrong.send("cam-1", version("1.15.2")).send("cam-1", FRAME_VECTOR);
        eventually().until(() -> replay.counted(Outcome.BLACKLISTED) == 1);
        right.send("cam-1", FRAME_VECTOR);
        replay.stored("cam-1", 1);

        replay.bean(AdjustableClock.class).advance(Duration.ofSeconds(11));
        wrong.send("cam-2", source("cam-2")).send("cam-3", source("cam-3"));

        assertThat(replay.stored("cam-3", 1)).hasSize(1);
        assertThat(replay.counted(Outcome.VERSION_MISMATCH)).isEqualTo(1);
    }

    @Test
    @DisplayName("RP34 RP35 connections A, B, A, B on one topic: the second A is refused, whatever the length of ids")
    void oldConnections() {
        start();
        ZmqPeer first = open(ZmqPeer.connected(SocketType.DEALER, replay.address(), "A"));
        ZmqPeer second = open(ZmqPeer.connected(SocketType.DEALER, replay.address(), "much longer than A"));
        first.send("cam-1", FRAME_VECTOR, "A1");
        replay.stored("cam-1", 1);
        second.send("cam-1", FRAME_VECTOR, "B1");
        replay.stored("cam-1", 2);
        first.send("cam-1", FRAME_VECTOR, "A2");
        eventually().until(() -> replay.counted(Outcome.CONNECTION_EXPIRED) == 1);
        second.send("cam-1", FRAME_VECTOR, "B2");

        assertThat(replay.stored("cam-1", 3))
                .extracting(entry -> new String(entry.parts().get(1), StandardCharsets.UTF_8))
                .containsExactly("A1", "B1", "B2");
    }

    @Test
    @DisplayName("RP37 a gap in the numbers is counted, and the message stored all the same")
    void gap() {
        start();
        connect(SocketType.DEALER)
                .send("cam-1", FRAME_VECTOR)
                .send(
                        "cam-1",
                        message1().setSeqId(5).setVideoFrame(frame1()).build().toByteString());

        replay.stored("cam-1", 2);

        assertThat(replay.counted("replay.gaps")).isEqualTo(1);
    }

    @Test
    @DisplayName("RP108 the statistics count packets taken in and bytes of their data")
    void statistics() {
        start();
        connect(SocketType.DEALER)
                .send("cam-1", FRAME_VECTOR, "12345", "678")
                .send(List.of(new byte[0]))
                .send("cam-1", FRAME_VECTOR, "9");
        replay.stored("cam-1", 2);

        assertThat(replay.bean(IngressMetrics.class).summary())
                .isEqualTo("2 packets with 9 bytes of data taken in since the start, 1 dropped");
    }

    @Test
    @DisplayName("RX18 while the disk is full, messages wait, and senders too; none is answered")
    void fullDisk() {
        start(
                "storage.min-free-space=1000000GB",
                "in-stream.inflight-ops=4",
                "in-stream.commit-ops=6",
                "in-stream.receive-hwm=10");
        ZmqPeer dealer = connect(SocketType.DEALER);
        dealer.send("cam-1", END_OF_STREAM_VECTOR);
        for (int i = 0; i < 100; i++) {
            dealer.send("cam-1", FRAME_VECTOR, String.valueOf(i));
        }
        eventually().until(() -> replay.counted(Outcome.DELIVERED) == 10);

        assertThat(dealer.receive(500)).isEmpty();
        assertThat(replay.counted(Outcome.DELIVERED)).isEqualTo(10);
        // Ten messages wait for the disk, for ever
        replay.closeNow();
    }

    @Test
    @DisplayName("CR8 a sender with the identity of one that is still connected takes its place and is recorded")
    void handover() {
        start();
        open(ZmqPeer.connected(SocketType.DEALER, replay.address(), "camera-host"))
                .send("cam-1", source("cam-1"));
        replay.stored("cam-1", 1);

        open(ZmqPeer.connected(SocketType.DEALER, replay.address(), "camera-host"))
                .send("cam-2", source("cam-2"));

        replay.stored("cam-2", 1);
    }

    @Test
    @DisplayName("RP9 the file of a bound ipc ingress has mode 0777, or the one configured")
    void ipc() throws Exception {
        Path socket = folder.resolve("new/in.sock");
        start("in-stream.url=router+bind:ipc://" + socket);
        replay.address();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rwxrwxrwx");
    }

    @Test
    @DisplayName("RX20 with keys of CURVE only allowed ones get in")
    void curve() {
        ZMQ.Curve.KeyPair server = ZMQ.Curve.generateKeyPair();
        ZMQ.Curve.KeyPair friend = ZMQ.Curve.generateKeyPair();
        start(
                "in-stream.curve.secret-key=" + hex(server.secretKey),
                "in-stream.curve.allowed-keys=" + hex(friend.publicKey));
        open(ZmqPeer.encrypted(SocketType.DEALER, replay.address(), ZMQ.Curve.generateKeyPair(), server.publicKey))
                .send("stranger", source("stranger"));
        connect(SocketType.DEALER).send("naked", source("naked"));
        open(ZmqPeer.encrypted(SocketType.DEALER, replay.address(), friend, server.publicKey))
                .send("cam-1", FRAME_VECTOR);

        replay.stored("cam-1", 1);

        assertThat(replay.store().sources()).hasSize(1);
    }

    private static String hex(String z85) {
        return HexFormat.of().formatHex(ZMQ.Curve.z85Decode(z85));
    }

    @Test
    @DisplayName("RP14 ten thousand frames of four sources, two senders: all there, each source in its order")
    void many() {
        start();
        int each = 2_500;
        List<Thread> senders = new ArrayList<>();
        for (int sender = 0; sender < 2; sender++) {
            int number = sender;
            ZmqPeer dealer = connect(SocketType.DEALER);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    for (String source : List.of("a" + number, "b" + number)) {
                        dealer.send(source, source(source), String.valueOf(i));
                    }
                }
            });
            thread.start();
            senders.add(thread);
        }

        for (String source : List.of("a0", "b0", "a1", "b1")) {
            List<StoredEntry> stored = replay.stored(source, each);
            assertThat(stored).hasSize(each);
            for (int i = 0; i < each; i++) {
                assertThat(new String(stored.get(i).parts().get(1), StandardCharsets.UTF_8))
                        .isEqualTo(String.valueOf(i));
            }
        }
        assertThat(senders).noneMatch(Thread::isAlive);
    }

    @Test
    @DisplayName("a message above the limit is dropped, counted and named; others are recorded, also of its sender")
    void tooLarge(CapturedOutput output) {
        start("in-stream.max-message-size=100KB");
        ZmqPeer large = connect(SocketType.DEALER);
        ZmqPeer small = connect(SocketType.DEALER);
        large.send("huge\ntopic", source("large"), "x".repeat(70_000), "x".repeat(70_000));
        large.send("huge", source("large"), "x".repeat(70_000));
        small.send("small", source("small"), "x");

        assertThat(replay.stored("large", 1)).hasSize(1);
        assertThat(replay.stored("small", 1)).hasSize(1);
        assertThat(replay.counted(Outcome.TOO_LARGE)).isEqualTo(1);
        assertThat(output)
                .contains("Message dropped (too large)", "\"huge topic\"", "replay.in-stream.max-message-size");
    }

    @Test
    @DisplayName(
            "who sends a frame of more than twice the limit is disconnected and may come again; others notice nothing")
    void muchTooLarge() {
        start("in-stream.max-message-size=100KB");
        ZmqPeer large = connect(SocketType.DEALER);
        ZmqPeer small = connect(SocketType.DEALER);
        small.send("small", source("small"), "x");
        replay.stored("small", 1);
        large.send("huge", source("large"), "x".repeat(300_000));
        small.send("small", source("small"), "x");
        replay.stored("small", 2);
        eventually().until(() -> replay.counted("zeromq.events", "outcome", "disconnected") >= 1);

        // What is sent before it has connected again waits
        large.send("huge", source("large"), "x");
        assertThat(replay.stored("large", 1).get(0).parts()).hasSize(2);
        small.send("small", END_OF_STREAM_VECTOR);
        assertThat(small.texts()).containsExactly("OK");
    }

    @Test
    @DisplayName("RP28 a message above the limit is answered on rep, so that its sender does not wait for ever")
    void tooLargeOnRep() {
        start("in-stream.max-message-size=100KB", "in-stream.url=rep+bind:tcp://127.0.0.1:0");
        ZmqPeer peer = connect(SocketType.REQ);
        peer.send("huge", source("large"), "x".repeat(150_000));
        assertThat(peer.texts()).containsExactly("OK");
        assertThat(replay.counted(Outcome.TOO_LARGE)).isEqualTo(1);
    }

    @Test
    @DisplayName("the route that the documents show to sites tells Kafka of an end of stream before it is answered")
    void siteRoute() throws Exception {
        start();
        CamelContext camel = replay.camel();
        MockComponent kafka = new MockComponent();
        // By the name it would be taken for the real one
        kafka.setAutowiredEnabled(false);
        camel.addComponent("kafka", kafka);
        camel.getRouteController().stopRoute("replay-record-stream");
        camel.removeRoute("replay-record-stream");
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.fromString("site.camel.yaml", DocumentedRoutes.of("replay.md")));
        ZmqPeer dealer = connect(SocketType.DEALER);
        dealer.send("topic", FRAME_VECTOR, "picture").send("topic", END_OF_STREAM_VECTOR);

        assertThat(dealer.texts()).containsExactly("OK");
        assertThat(camel.getEndpoint("kafka:recorded-streams", MockEndpoint.class)
                        .getReceivedExchanges())
                .extracting(exchange -> exchange.getMessage().getBody())
                .containsExactly("cam-1");
        assertThat(replay.stored("cam-1", 2)).hasSize(2);
    }

    private void start(String... settings) {
        replay = open(new ReplaySlice(folder, settings));
    }

    private ZmqPeer connect(SocketType type) {
        return open(ZmqPeer.connected(type, replay.address()));
    }

    private <T extends AutoCloseable> T open(T closeable) {
        opened.add(0, closeable);
        return closeable;
    }

    private static ByteString source(String source) {
        return message(frame1().setSourceId(source));
    }

    private static ByteString version(String version) {
        return message1()
                .setProtocolVersion(version)
                .setVideoFrame(frame1())
                .build()
                .toByteString();
    }

    private static List<String> texts(List<byte[]> frames) {
        return ZmqPeer.texts(frames);
    }
}
