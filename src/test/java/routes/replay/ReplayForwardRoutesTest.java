package routes.replay;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.test.util.TestSocketUtils;
import org.zeromq.SocketType;
import routes.replay.savant.Shutdown;
import routes.replay.savant.generation1.Message;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.replay.ReplaySlice.eventually;
import static routes.replay.SavantSamples.END_OF_STREAM_VECTOR;
import static routes.replay.SavantSamples.FRAME_VECTOR;
import static routes.replay.SavantSamples.frame1;
import static routes.replay.SavantSamples.message;
import static routes.replay.SavantSamples.message1;

/** From the ingress through the buffer to the egress, over every kind of it. */
@Timeout(60)
class ReplayForwardRoutesTest {

    private static final byte[] OK = {'O', 'K'};

    @TempDir
    private Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private String outAddress;
    private ReplaySlice replay;
    private ZmqPeer source;

    @BeforeEach
    void chooseAddress() {
        outAddress = "tcp://127.0.0.1:" + TestSocketUtils.findAvailableTcpPort();
    }

    @AfterEach
    void close() throws Exception {
        if (replay != null) {
            replay.closeNow();
        }
        for (AutoCloseable closeable : opened) {
            closeable.close();
        }
    }

    @Test
    @DisplayName("RP24 RP36 topic, labels, context, body and data are forwarded; the stamp is the egress's: 1, 2, the "
            + "end 3, then 1 again")
    void forwards() throws Exception {
        start("dealer+connect:" + outAddress);
        ZmqPeer router = open(ZmqPeer.bound(SocketType.ROUTER, outAddress));
        ByteString labelled = message1()
                .setSeqId(77)
                .addRoutingLabels("door")
                .putPropagatedContext("traceparent", "00-1")
                .setVideoFrame(frame1().setUnknownFields(SavantSamples.unknownField()))
                .build()
                .toByteString();
        source.send("topic", labelled, "picture", "more")
                .send("cam-1", FRAME_VECTOR)
                .send("cam-1", END_OF_STREAM_VECTOR);

        List<byte[]> first = router.receive();
        Message forwarded = Message.parseFrom(first.get(2));
        assertThat(ZmqPeer.texts(List.of(first.get(1), first.get(3), first.get(4))))
                .containsExactly("topic", "picture", "more");
        assertThat(forwarded.getSystemId()).isNotEqualTo("s-1").hasSize(36);
        assertThat(forwarded.toBuilder().setSystemId("s-1").setSeqId(77).build().toByteString())
                .isEqualTo(labelled);
        assertThat(forwarded.getSeqId()).isEqualTo(1);
        assertThat(number(router.receive())).isEqualTo(2);
        List<byte[]> end = router.receive();
        assertThat(number(end)).isEqualTo(3);
        router.send(List.of(end.get(0), OK));
        source.send("cam-1", FRAME_VECTOR);
        assertThat(number(router.receive())).isEqualTo(1);
    }

    @Test
    @DisplayName("RP19 what is not stored is forwarded all the same, in its place")
    void notStored() throws Exception {
        start("dealer+connect:" + outAddress);
        ZmqPeer router = open(ZmqPeer.bound(SocketType.ROUTER, outAddress));
        source.send("cam-1", FRAME_VECTOR)
                .send(
                        "cam-1",
                        message1()
                                .setShutdown(Shutdown.newBuilder().setAuth("x"))
                                .build()
                                .toByteString())
                .send("cam-1", FRAME_VECTOR);

        assertThat(Message.parseFrom(router.receive().get(2)).hasVideoFrame()).isTrue();
        assertThat(Message.parseFrom(router.receive().get(2)).getShutdown().getAuth())
                .isEqualTo("x");
        assertThat(Message.parseFrom(router.receive().get(2)).hasVideoFrame()).isTrue();
        assertThat(replay.stored("cam-1", 2)).hasSize(2);
    }

    @Test
    @DisplayName("RP24 a thousand messages of many sources are forwarded in the order they came")
    void inOrder() {
        start("dealer+connect:" + outAddress);
        ZmqPeer router = open(ZmqPeer.bound(SocketType.ROUTER, outAddress));
        for (int i = 0; i < 1_000; i++) {
            source.send("cam", message(frame1().setSourceId("cam-" + i % 7)), String.valueOf(i));
        }

        for (int i = 0; i < 1_000; i++) {
            assertThat(router.receive().get(3))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo(String.valueOf(i));
        }
    }

    @Test
    @DisplayName("RP25 pass_metadata_only leaves the data frames out here, not in the store")
    void metadataOnly() {
        start("dealer+connect:" + outAddress, "out-stream.pass-metadata-only=true");
        ZmqPeer router = open(ZmqPeer.bound(SocketType.ROUTER, outAddress));
        source.send("cam-1", FRAME_VECTOR, "picture");

        assertThat(router.receive()).hasSize(3);
        assertThat(replay.stored("cam-1", 1).get(0).parts()).hasSize(2);
    }

    @Test
    @DisplayName("RP26 RX18 without a receiver recording goes on; the buffer is bounded, what it drops is counted; the "
            + "youngest go when a receiver comes")
    void noReceiver() throws Exception {
        start(
                "dealer+connect:" + outAddress,
                "egress.buffer-messages=10",
                "out-stream.options.send-hwm=1",
                "out-stream.options.send-timeout=50ms");
        for (int i = 0; i < 200; i++) {
            source.send("cam-1", FRAME_VECTOR, String.valueOf(i));
        }
        replay.stored("cam-1", 200);
        eventually().until(() -> replay.counted("replay.egress.dropped") >= 180);
        assertThat(gauge("replay.egress.waiting")).isEqualTo(10);
        assertThat(gauge("replay.egress.waiting.bytes")).isPositive();

        ZmqPeer router = open(ZmqPeer.bound(SocketType.ROUTER, outAddress));

        List<Integer> received = new ArrayList<>();
        eventually().until(() -> {
            router.receive(500).ifPresent(frames -> received.add(Integer.parseInt(new String(frames.get(3)))));
            return received.contains(199);
        });
        assertThat(received).isSorted().endsWith(191, 192, 193, 194, 195, 196, 197, 198, 199);
        assertThat(received.size() + (int) replay.counted("replay.egress.dropped"))
                .isEqualTo(200);
        eventually().until(() -> gauge("replay.egress.waiting") == 0 && gauge("replay.egress.waiting.bytes") == 0);
    }

    @Test
    @DisplayName(
            "RP38 RP103 req: an acknowledgement that does not come is waited for retries + 1 times, then the message "
                    + "is sent again with the next number; the socket is usable")
    void reqRecovers() throws Exception {
        start(
                "req+connect:" + outAddress,
                "out-stream.options.receive-timeout=100ms",
                "out-stream.options.receive-retries=2");
        ZmqPeer rep = open(ZmqPeer.bound(SocketType.ROUTER, outAddress));
        // The waiting cannot begin before the message is there to send, however late this thread sees the first
        // attempt.
        long begin = System.nanoTime();
        source.send("cam-1", FRAME_VECTOR, "picture");

        List<byte[]> first = rep.receive();
        List<byte[]> second = rep.receive();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(3 * 100 - 5));
        assertThat(replay.counted("replay.egress.retried")).isPositive();

        int message = first.size() - 2;
        assertThat(Message.parseFrom(first.get(message)).getSeqId()).isEqualTo(1);
        assertThat(Message.parseFrom(second.get(message)).getSeqId()).isEqualTo(2);
        List<byte[]> reply = new ArrayList<>(second.subList(0, message - 1));
        reply.add(OK);
        rep.send(reply);
        eventually().until(() -> replay.counted("replay.egress.sent") == 1);
        assertThat(gauge("replay.egress.waiting")).isZero();
    }

    @Test
    @DisplayName("RP24 req to a real rep: each message is acknowledged, the next follows")
    void req() throws Exception {
        start("req+connect:" + outAddress);
        ZmqPeer rep = open(ZmqPeer.bound(SocketType.REP, outAddress));
        source.send("cam-1", FRAME_VECTOR, "1").send("cam-1", FRAME_VECTOR, "2").send("cam-1", END_OF_STREAM_VECTOR);

        for (int number = 1; number <= 3; number++) {
            assertThat(Message.parseFrom(rep.receive().get(1)).getSeqId()).isEqualTo(number);
            rep.send(List.of(OK));
        }
    }

    @Test
    @DisplayName("RP24 pub never waits, not even for the end of a stream")
    void pub() throws Exception {
        start("pub+bind:" + outAddress);
        ZmqPeer sub = open(ZmqPeer.connected(SocketType.SUB, outAddress));
        eventually().until(() -> {
            source.send("cam-1", END_OF_STREAM_VECTOR).receive();
            return sub.receive(100).isPresent();
        });
        source.send("cam-1", FRAME_VECTOR, "picture");

        List<byte[]> frame = sub.receive();
        while (frame.size() < 3) {
            frame = sub.receive();
        }
        assertThat(ZmqPeer.texts(frame)).startsWith("cam-1").endsWith("picture");
    }

    @Test
    @DisplayName("RX16 everything is forwarded in the wished generation, batches too; the store keeps what came")
    void translates() throws Exception {
        start("dealer+connect:" + outAddress, "out-stream.generation=2", "protocol.generation2=2.1.4");
        ZmqPeer router = open(ZmqPeer.bound(SocketType.ROUTER, outAddress));
        source.send("cam-1", FRAME_VECTOR, "picture")
                .send(
                        "cam-1",
                        message1()
                                .setVideoFrameBatch(routes.replay.savant.generation1.VideoFrameBatch.newBuilder()
                                        .putBatch(7, frame1().build()))
                                .build()
                                .toByteString())
                .send("cam-1", END_OF_STREAM_VECTOR);

        var frame = routes.replay.savant.generation2.Message.parseFrom(
                router.receive().get(2));
        assertThat(frame.getProtocolVersion()).isEqualTo("2.1.4");
        assertThat(frame.getVideoFrame().getFps().getNumerator()).isEqualTo(25);
        var batch = routes.replay.savant.generation2.Message.parseFrom(
                router.receive().get(2));
        assertThat(batch.getVideoFrameBatch().getBatchOrThrow(7)).isEqualTo(frame.getVideoFrame());
        assertThat(Message.parseFrom(router.receive().get(2)).getProtocolVersion())
                .isEqualTo("2.1.4");
        assertThat(replay.stored("cam-1", 1).get(0).parts().get(0)).isEqualTo(FRAME_VECTOR.toByteArray());
    }

    private void start(String outUrl, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("out-stream.url=" + outUrl);
        replay = new ReplaySlice(folder, all.toArray(String[]::new));
        source = open(ZmqPeer.connected(SocketType.DEALER, replay.address()));
    }

    private double gauge(String name) {
        return Objects.requireNonNull(
                        replay.bean(MeterRegistry.class).find(name).gauge(), name)
                .value();
    }

    private static long number(List<byte[]> frames) throws InvalidProtocolBufferException {
        return Message.parseFrom(frames.get(2)).getSeqId();
    }

    private <T extends AutoCloseable> T open(T closeable) {
        opened.add(0, closeable);
        return closeable;
    }
}
