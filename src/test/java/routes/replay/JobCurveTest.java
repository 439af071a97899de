package routes.replay;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.zeromq.ZMQ;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs and a router of JeroMQ that lets in one key only. */
class JobCurveTest {

    private static final ZMQ.Curve.KeyPair SERVER = ZMQ.Curve.generateKeyPair();
    private static final ZMQ.Curve.KeyPair FRIEND = ZMQ.Curve.generateKeyPair();
    private static final ZMQ.Curve.KeyPair STRANGER = ZMQ.Curve.generateKeyPair();

    @TempDir
    static Path data;

    @TempDir
    static Path certificates;

    private static RunningReplay replay;

    @BeforeAll
    static void start() {
        replay = RunningReplay.start(
                data,
                Stream.of(
                                keys("vault", FRIEND),
                                keys("strange", STRANGER),
                                List.of("replay.in-stream.curve.secret-key=" + hex(SERVER.secretKey)))
                        .flatMap(List::stream)
                        .toArray(String[]::new));
        replay.source("cam").block(20);
    }

    private static List<String> keys(String name, ZMQ.Curve.KeyPair pair) {
        String prefix = "replay.jobs.sink-curve." + name + ".";
        return List.of(
                prefix + "public-key=" + hex(pair.publicKey),
                prefix + "secret-key=" + hex(pair.secretKey),
                prefix + "server-key=" + hex(SERVER.publicKey));
    }

    private static String hex(String z85) {
        return HexFormat.of().formatHex(ZMQ.Curve.z85Decode(z85));
    }

    @AfterAll
    static void stop() {
        replay.close();
    }

    @Test
    @DisplayName("RX20 a job sends to a receiver that knows its key; one with another key, or none, does not get in")
    void refusesOthers() throws Exception {
        try (SavantReceiver sink = SavantReceiver.guarded(SERVER, FRIEND.publicKey, certificates)) {
            UUID stranger = replay.create(request(sink, "out-strange", "strange"));
            ObjectNode plain = request(sink, "out-plain", "");
            plain.withObject("/sink").remove("curve");
            UUID naked = replay.create(plain);
            UUID friend = replay.create(request(sink, "out-vault", "vault"));

            replay.await(friend, "completed");
            assertThat(sink.frames("out-vault")).hasSize(11).endsWith(9L, -1L);
            for (UUID refused : List.of(stranger, naked)) {
                replay.await(refused, "failed");
                assertThat(replay.detail(refused).get("last_error").textValue()).contains("not delivered");
            }
            assertThat(sink.received()).hasSize(11);
        }
    }

    @Test
    @DisplayName("RX20 a secret is in no answer, row, endpoint, route or bean of JMX")
    void secretsStayHere() throws Exception {
        try (SavantReceiver sink = SavantReceiver.guarded(SERVER, FRIEND.publicKey, certificates)) {
            ObjectNode request = request(sink, "out-secret", "vault");
            request.set("stop_condition", Json.of("'never'"));
            UUID job = replay.create(request);
            sink.awaitFrames("out-secret", 20);

            String shown = String.join(
                    "\n",
                    replay.detail(job).toString(),
                    replay.get("/job").body().toString(),
                    replay.call("POST", "/jobs/dry-run", request).ok().toString(),
                    rows(),
                    replay.camel().getEndpoints().toString(),
                    management(job));

            assertThat(shown)
                    .contains("\"curve\":\"vault\"", sink.url().replace("dealer+connect:", ""))
                    .doesNotContain(FRIEND.secretKey, hex(FRIEND.secretKey), STRANGER.secretKey, hex(SERVER.secretKey));
            replay.call("DELETE", "/job/" + job, null);
        }
    }

    private static String rows() {
        return replay.bean(JdbcClient.class)
                .sql("select * from replay_job")
                .query()
                .listOfRows()
                .toString();
    }

    private static String management(UUID job) throws Exception {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        StringBuilder text = new StringBuilder();
        for (ObjectName name : beans.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            text.append(name).append('\n');
            if (name.getKeyProperty("type").equals("routes")) {
                text.append(beans.invoke(
                        name, "dumpRouteAsXml", new Object[] {true}, new String[] {boolean.class.getName()}));
            }
            if (name.getKeyProperty("type").equals("endpoints")
                    && name.getCanonicalName().contains("zeromq")) {
                text.append(beans.getAttribute(name, "EndpointUri"));
            }
        }
        assertThat(text).contains("replay-job-" + job, "curveSecretKey");
        return text.toString();
    }

    @Test
    @DisplayName("RX20 a name of no keys is a 400 that says what is missing, before there is a job")
    void unknownName() {
        try (SavantReceiver sink = SavantReceiver.router()) {
            ObjectNode request = request(sink, "out-unknown", "nobody");

            for (RunningReplay.Answer answer :
                    List.of(replay.call("PUT", "/job", request), replay.call("POST", "/jobs/dry-run", request))) {
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.body().toString()).contains("sink", "replay.jobs.sink-curve.nobody");
            }
        }
    }

    private static ObjectNode request(SavantReceiver sink, String result, String curve) {
        ObjectNode request = JobSamples.request("cam", RecordedSource.id(0), "{'frame_count': 10}");
        request.withObject("/sink").put("url", sink.url()).put("curve", curve);
        ObjectNode configuration = JobSamples.configuration(request);
        configuration.put("resulting_stream_id", result).put("send_eos", true);
        JobSamples.duration(configuration, "max_delivery_duration", 2_000);
        return request;
    }
}
