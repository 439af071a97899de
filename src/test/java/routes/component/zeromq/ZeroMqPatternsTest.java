package routes.component.zeromq;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static routes.component.zeromq.CamelRuntime.eventually;

/** Each pattern in both directions, with libzmq on the other side. */
@Tag("peer")
@Timeout(60)
class ZeroMqPatternsTest {

    private static final String ANY_PORT = "tcp://127.0.0.1:*";
    private static final String BOUND = "zeromq:tcp://127.0.0.1:0?mode=bind&socketType=";

    private LibzmqPeer peer;
    private CamelRuntime camel;

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
    @DisplayName("PUSH of libzmq to a PULL consumer: single frames are bytes, several are a list, order is kept")
    void pull() throws Exception {
        camel.consume(BOUND + "PULL");
        peer.connect("push", "PUSH", camel.boundAddress(), Map.of());

        peer.send("push", "one");
        peer.send("push", "topic", "", "\u00ff\u0000");

        eventually().untilAsserted(() -> assertThat(camel.seen()).containsExactly("one", "topic||\u00ff\u0000"));
        assertThat(camel.consumer().getPeers()).isEqualTo(1);
        assertThat(camel.consumer().getReceived()).isEqualTo(2);
    }

    @Test
    @DisplayName("PUSH producer to a PULL of libzmq: bytes, text and lists")
    void push() {
        String to = "zeromq:" + peer.bind("pull", "PULL", ANY_PORT, Map.of()) + "?socketType=PUSH";

        assertThat(camel.send(to, "gr\u00fc\u00df").getException()).isNull();
        camel.send(to, new byte[] {1, 2});
        camel.send(to, List.of("topic", new byte[0], "data"));

        assertThat(peer.receive("pull")).containsExactly("gr\u00c3\u00bc\u00c3\u009f");
        assertThat(peer.receive("pull")).containsExactly("\u0001\u0002");
        assertThat(peer.receive("pull")).containsExactly("topic", "", "data");
    }

    @Test
    @DisplayName("SUB consumer gets the topics it asked for, and no others")
    void sub() throws Exception {
        camel.consume(BOUND + "SUB&subscribe=a,b");
        peer.connect("pub", "PUB", camel.boundAddress(), Map.of());

        eventually().until(() -> {
            peer.send("pub", "c", "no");
            peer.send("pub", "a1", "yes");
            return !camel.seen().isEmpty();
        });
        peer.send("pub", "b", "last");

        eventually().until(() -> camel.seen().contains("b|last"));
        assertThat(camel.seen()).noneMatch(message -> message.startsWith("c"));
    }

    @Test
    @DisplayName("PUB producer to SUB of libzmq")
    void pub() {
        String address = peer.bind("sub", "SUB", ANY_PORT, Map.of("SUBSCRIBE", "t"));

        eventually().until(() -> {
            camel.send("zeromq:" + address + "?socketType=PUB", List.of("t", "data"));
            return List.of("t", "data").equals(peer.receive("sub", 100));
        });
    }

    @Test
    @DisplayName("XPUB producer and its subscriptions as messages of a consumer on the same socket")
    void xpub() throws Exception {
        String uri = BOUND + "XPUB";
        camel.consume(uri);
        peer.connect("sub", "SUB", camel.boundAddress(), Map.of("SUBSCRIBE", "t"));

        eventually().until(() -> camel.seen().equals(List.of("\u0001t")));
        camel.send(uri, List.of("t", "data"));

        assertThat(peer.receive("sub")).containsExactly("t", "data");
    }

    @Test
    @DisplayName("XSUB: a route subscribes by sending, another consumes on the same socket")
    void xsub() throws Exception {
        String address = peer.bind("pub", "XPUB", ANY_PORT, Map.of());
        String uri = "zeromq:" + address + "?socketType=XSUB";
        camel.consume(uri);

        camel.send(uri, new byte[] {1, 't'});
        assertThat(peer.receive("pub")).containsExactly("\u0001t");
        peer.send("pub", "t", "data");

        eventually().until(() -> camel.seen().equals(List.of("t|data")));
    }

    @Test
    @DisplayName("REQ of libzmq gets the body of the route of a REP consumer")
    void rep() throws Exception {
        camel.consume(BOUND + "REP", exchange -> exchange.getMessage().setBody(List.of("re", "ply")));
        peer.connect("req", "REQ", camel.boundAddress(), Map.of());

        for (int i = 0; i < 3; i++) {
            peer.send("req", "question " + i);
            assertThat(peer.receive("req")).containsExactly("re", "ply");
        }
        assertThat(camel.seen()).containsExactly("question 0", "question 1", "question 2");
    }

    @Test
    @DisplayName("REP answers also when the route failed, and goes on")
    void repAfterFailure() throws Exception {
        camel.consume(BOUND + "REP&failureReply=SORRY", exchange -> {
            throw new IllegalStateException("as planned");
        });
        peer.connect("req", "REQ", camel.boundAddress(), Map.of());

        for (int i = 0; i < 2; i++) {
            peer.send("req", "question");
            assertThat(peer.receive("req")).containsExactly("SORRY");
        }
    }

    @Test
    @DisplayName("REQ producer: the reply of libzmq is the body; an InOnly exchange keeps its own")
    void req() {
        String uri = "zeromq:" + peer.bind("rep", "ROUTER", ANY_PORT, Map.of()) + "?socketType=REQ";
        var answer = camel.template().asyncRequestBody(uri, "question", byte[].class);

        List<String> request = peer.receive("rep");
        assertThat(request).hasSize(4).endsWith("", "question");
        peer.send("rep", request.get(0), request.get(1), "", "answer");

        assertThat(answer).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("answer".getBytes());
    }

    @Test
    @DisplayName("REQ without a reply fails in time, and the late reply does not pass for the next one")
    void reqTimesOut() {
        String uri = "zeromq:" + peer.bind("rep", "ROUTER", ANY_PORT, Map.of()) + "?socketType=REQ&receiveTimeout=300";
        Exchange first =
                camel.template().request(uri, exchange -> exchange.getIn().setBody("one"));
        assertThat(first.getException())
                .hasMessageContaining("No reply")
                .hasMessageContaining("127.0.0.1")
                .hasMessageContaining("300 ms");

        List<String> late = peer.receive("rep");
        var second = camel.template().asyncRequestBody(uri.replace("=300", "=5000"), "two", byte[].class);
        List<String> request = peer.receive("rep");
        peer.send("rep", late.get(0), late.get(1), "", "late");
        peer.send("rep", request.get(0), request.get(1), "", "timely");

        assertThat(second).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("timely".getBytes());
    }

    @Test
    @DisplayName("ROUTER consumer: the routing id is a header; with InOut the route's body goes back to that peer")
    void router() throws Exception {
        camel.consume(BOUND + "ROUTER&exchangePattern=InOut", exchange -> {
            byte[] id = exchange.getIn().getHeader(ZeroMqConstants.ROUTING_ID, byte[].class);
            exchange.getMessage().setBody("OK " + new String(id));
        });
        peer.connect("a", "DEALER", camel.boundAddress(), Map.of("IDENTITY", "anna"));
        peer.connect("b", "DEALER", camel.boundAddress(), Map.of("IDENTITY", "berta"));

        peer.send("a", "topic", "data");
        peer.send("b", "topic");

        assertThat(peer.receive("a")).containsExactly("OK anna");
        assertThat(peer.receive("b")).containsExactly("OK berta");
        assertThat(camel.seen()).containsExactlyInAnyOrder("topic|data", "topic");
    }

    @Test
    @DisplayName("ROUTER producer sends to the peer in the header, and says when there is none")
    void routerProducer() throws Exception {
        String uri = BOUND + "ROUTER";
        camel.consume(uri);
        peer.connect("a", "DEALER", camel.boundAddress(), Map.of("IDENTITY", "anna"));
        peer.send("a", "hello");
        eventually().until(() -> camel.seen().equals(List.of("hello")));

        camel.template().sendBodyAndHeader(uri, "for anna", ZeroMqConstants.ROUTING_ID, "anna");
        Exchange lost = camel.template().send(uri, exchange -> {
            exchange.getIn().setHeader(ZeroMqConstants.ROUTING_ID, "nobody");
            exchange.getIn().setBody("for nobody");
        });

        assertThat(peer.receive("a")).containsExactly("for anna");
        assertThat(lost.getException()).hasMessageContaining("no peer with that routing id");
        assertThat(camel.send(uri, "for whom").getException()).hasMessageContaining(ZeroMqConstants.ROUTING_ID);
    }

    @Test
    @DisplayName("DEALER producer: InOnly does not wait, InOut waits for the next message")
    void dealer() {
        String address = peer.bind("router", "ROUTER", ANY_PORT, Map.of());
        String uri = "zeromq:" + address + "?socketType=DEALER&routingId=cam-1";
        camel.send(uri, List.of("cam", "frame"));
        assertThat(peer.receive("router")).containsExactly("cam-1", "cam", "frame");

        var ack = camel.template().asyncRequestBody(uri, "EOS", byte[].class);
        assertThat(peer.receive("router")).containsExactly("cam-1", "EOS");
        peer.send("router", "cam-1", "OK");

        assertThat(ack).succeedsWithin(Duration.ofSeconds(5)).isEqualTo("OK".getBytes());
    }

    @Test
    @DisplayName("PAIR, both ways on one socket")
    void pair() throws Exception {
        String uri = BOUND + "PAIR";
        camel.consume(uri);
        peer.connect("pair", "PAIR", camel.boundAddress(), Map.of());

        peer.send("pair", "there");
        eventually().until(() -> camel.seen().equals(List.of("there")));
        camel.send(uri, "back");

        assertThat(peer.receive("pair")).containsExactly("back");
    }

    @Test
    @DisplayName("several addresses: a PULL hears all it connects to")
    void severalAddresses() throws Exception {
        String one = peer.bind("one", "PUSH", ANY_PORT, Map.of());
        String two = peer.bind("two", "PUSH", ANY_PORT, Map.of());
        camel.consume("zeromq:" + one + "," + two + "?socketType=PULL");

        peer.send("one", "1");
        peer.send("two", "2");

        eventually().untilAsserted(() -> assertThat(camel.seen()).containsExactlyInAnyOrder("1", "2"));
    }
}
