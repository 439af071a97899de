package routes.replay.socket;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;

class SocketEndpointsTest {

    @Test
    @DisplayName("RP9 RP11 a bound ipc ingress has its permissions, a subscription its prefix")
    void reader() {
        assertThat(reader("sub+bind:ipc:///run/in.sock", TopicFilter.prefix("cam-")))
                .startsWith("zeromq:ipc:///run/in.sock?socketType=SUB&mode=bind")
                .contains(
                        "&ipcPermissions=rwxrwxrwx",
                        "&subscribe=cam-",
                        "&receiveHighWaterMark=50",
                        "&maxInflight=1100",
                        "&batchSize=100");
        assertThat(reader("router+connect:tcp://a:1", TopicFilter.ALL)).doesNotContain("ipcPermissions", "subscribe");
    }

    @Test
    @DisplayName("CR8 handover is an option of router alone, heartbeats are of all")
    void liveness() {
        assertThat(reader("router+bind:tcp://*:1", TopicFilter.ALL))
                .contains("&routerHandover=true", "&heartbeatInterval=10000", "&heartbeatTimeout=0");
        assertThat(reader("sub+bind:tcp://*:1", TopicFilter.ALL))
                .contains("&heartbeatInterval=10000")
                .doesNotContain("routerHandover");
    }

    @Test
    @DisplayName("a prefix that a list of subscriptions could not hold is left to the rules of reception")
    void oddPrefix() {
        assertThat(reader("sub+bind:tcp://*:1", TopicFilter.prefix("a,b&c"))).doesNotContain("subscribe");
    }

    @Test
    @DisplayName("RP38 RP6 an endpoint waits for all attempts together")
    void attempts() {
        SinkOptions options = new SinkOptions(Duration.ofMillis(200), 3, Duration.ofMillis(50), 0, 7, 8, 9);
        SocketUrl<WriterType> url = SocketUrl.writer("dealer+connect:tcp://a:1");

        assertThat(SocketEndpoints.egress(url, options, CurveKeys.NONE))
                .contains(
                        "&sendTimeout=800",
                        "&receiveTimeout=50",
                        "&sendHighWaterMark=7",
                        "&receiveHighWaterMark=8",
                        "&sendQueueSize=9");
    }

    @Test
    @DisplayName("RP101 equal urls and options are the same endpoint, others are not; the source suffix does not count")
    void sharing() {
        String endpoint = sink("dealer+connect:tcp://a:1", SinkOptions.DEFAULT);
        assertThat(sink("dealer+connect:tcp://a:1:cam-9", SinkOptions.DEFAULT)).isEqualTo(endpoint);
        assertThat(sink(
                        "dealer+connect:tcp://a:1",
                        new SinkOptions(Duration.ofSeconds(1), 3, Duration.ofSeconds(1), 3, 1000, 1000, 99)))
                .isNotEqualTo(endpoint);
        assertThat(sink("pub+bind:tcp://*:1", SinkOptions.DEFAULT)).contains("noDrop=true");
    }

    @Test
    @DisplayName("RX20 keys of CURVE go as hex, in which nothing means anything else")
    void curve() {
        ZMQ.Curve.KeyPair keys = ZMQ.Curve.generateKeyPair();
        CurveKeys server = new CurveKeys("", keys.secretKey, "", List.of(keys.publicKey));
        CurveKeys client = new CurveKeys("a".repeat(64), "b".repeat(64), keys.publicKey, List.of());
        SocketUrl<WriterType> url = SocketUrl.writer("pub+bind:tcp://*:1");

        assertThat(SocketEndpoints.egress(url, SinkOptions.DEFAULT, server))
                .contains("&curveServer=true")
                .containsPattern("&curveSecretKey=[0-9a-f]{64}&")
                .containsPattern("&curveAllowedKeys=[0-9a-f]{64}&")
                .doesNotContain("curveServerKey");
        assertThat(SocketEndpoints.egress(url, SinkOptions.DEFAULT, client))
                .contains("&curveSecretKey=" + "b".repeat(64), "&curvePublicKey=" + "a".repeat(64))
                .containsPattern("&curveServerKey=[0-9a-f]{64}&")
                .doesNotContain("curveServer=true");
    }

    private static String reader(String url, TopicFilter topics) {
        return SocketEndpoints.reader(new InStream(
                url,
                topics,
                50,
                512,
                100,
                1000,
                DataSize.ofMegabytes(64),
                DataSize.ofMegabytes(256),
                "rwxrwxrwx",
                true,
                Duration.ofSeconds(10),
                Duration.ZERO,
                CurveKeys.NONE));
    }

    private static String sink(String url, SinkOptions options) {
        return SocketEndpoints.sink(SocketUrl.writer(url), options, CurveKeys.NONE);
    }
}
