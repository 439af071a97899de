package routes.replay;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import javax.management.ObjectName;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.ServiceStatus;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import routes.replay.job.json.JobConfigurationJson;
import routes.replay.job.service.JobComponent;
import routes.replay.job.stream.JobMessage;
import routes.replay.protocol.FrameHeader;
import routes.replay.savant.Envelope;
import routes.replay.socket.SinkOptions;

import static org.assertj.core.api.Assertions.assertThat;

/** Jobs from outside: HTTP, a recording in the store, and the sockets of Savant's sinks. */
@ExtendWith(OutputCaptureExtension.class)
public class JobsWorkflowTest {

    private static final String NEVER = "'never'";

    @TempDir
    static Path data;

    private static RunningReplay replay;

    @BeforeAll
    static void start() {
        replay = RunningReplay.start(data, "replay.job-eviction-ttl=5s");
    }

    @AfterAll
    static void stop() {
        replay.close();
    }

    @Test
    @DisplayName(
            "RP68 RP73 RP77 RP98 a job is made, sends with its resulting id, ends with one end of stream, is listed")
    void completes() {
        RecordedSource camera = record("cam-complete", 10);
        try (SavantReceiver sink = SavantReceiver.router()) {
            ObjectNode request = request("cam-complete", 0, "{'frame_count': 5}", sink.url(), "out-complete");
            JobSamples.configuration(request).put("send_eos", true);
            camera.store();
            UUID job = replay.create(request);

            assertThat(sink.awaitFrames("out-complete", 6)).containsExactly(0L, 1L, 2L, 3L, 4L, -1L);
            assertThat(sink.received("out-complete"))
                    .allSatisfy(
                            message -> assertThat(message.message().sourceId()).contains("out-complete"))
                    .allSatisfy(message ->
                            assertThat(message.message().protocolVersion()).isEqualTo("1.15.7"));
            assertThat(sink.received("out-complete").get(2).data()).containsExactly(RecordedSource.data(2));
            assertThat(sink.received("out-complete").stream()
                            .map(message -> message.message().seqId()))
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
            JsonNode stopped = awaitStopped(job);
            assertThat(stopped.get(1))
                    .hasToString(
                            JobConfigurationJson.write(JobSamples.read(request).configuration())
                                    .toString());
            assertThat(stopped.get(2).isNull()).isTrue();
            assertThat(running(job)).isEmpty();
            JsonNode detail = replay.detail(job);
            assertThat(detail.get("state").textValue()).isEqualTo("completed");
            assertThat(detail.get("frames").longValue()).isEqualTo(5);
            patiently().untilAsserted(() -> assertThat(replay.camel().getRoute(JobComponent.routeId(job)))
                    .isNull());
        }
    }

    @Test
    @DisplayName("RX16 a job sends in the generation it wishes, whatever was recorded in, ends of streams too")
    void translates() {
        RecordedSource camera = record("cam-translate", 3);
        camera.endOfStream();
        camera.block(1);
        try (SavantReceiver sink = SavantReceiver.router()) {
            ObjectNode request = request("cam-translate", 0, "{'frame_count': 4}", sink.url(), "out-translate");
            request.put("generation", 2);
            JobSamples.configuration(request).put("send_eos", true);
            replay.create(request);

            assertThat(sink.awaitFrames("out-translate", 6)).containsExactly(0L, 1L, 2L, -1L, 3L, -1L);
            assertThat(sink.received("out-translate"))
                    .allSatisfy(received ->
                            assertThat(received.message().protocolVersion()).isEqualTo("2.1.0"));
            SavantReceiver.Received frame = sink.received("out-translate").get(1);
            assertThat(frame.message().frame().orElseThrow().message())
                    .isInstanceOf(routes.replay.savant.generation2.VideoFrame.class);
            assertThat(frame.message().header().orElseThrow().codec()).contains("h264");
            assertThat(frame.data()).containsExactly(RecordedSource.data(1));
        }
    }

    @Test
    @DisplayName("RP98 a stopped job leaves the list after job_eviction_ttl, and stays in the history")
    void evicted() {
        UUID job = replay.create(request("cam-unknown", 0, NEVER, "dealer+connect:tcp://127.0.0.1:9", "out"));
        JsonNode stopped = awaitStopped(job);

        assertThat(stopped.get(2).textValue()).contains("is no keyframe of cam-unknown");
        patiently().until(() -> stopped(job) == null);
        assertThat(replay.detail(job).get("state").textValue()).isEqualTo("failed");
        assertThat(replay.get("/jobs?state=failed&source=cam-unknown").ok().get("jobs"))
                .extracting(found -> found.get("id").textValue())
                .contains(job.toString());
    }

    @Test
    @DisplayName("CP18 a failed job is on the attention list, and is made anew from there once, or forgotten")
    void needsAttention() {
        UUID failed = replay.create(request("cam-unknown", 0, NEVER, "dealer+connect:tcp://127.0.0.1:9", "attention"));
        replay.await(failed, "failed");
        JsonNode item = attention(failed).orElseThrow();
        String path = "/api/1/attention/" + item.get("id").textValue();

        assertThat(item.get("reason").textValue()).contains("is no keyframe of cam-unknown");
        assertThat(replay.get(path).ok().at("/details/url").textValue()).isEqualTo("/replay/api/v1/jobs/" + failed);
        assertThat(replay.call("POST", path + "/requeue", null).status()).isEqualTo(200);
        assertThat(replay.call("POST", path + "/requeue", null).status()).isEqualTo(404);
        assertThat(attention(failed)).isEmpty();
        // Youngest first
        JsonNode anew = replay.get("/jobs?source=cam-unknown").ok().get("jobs").get(0);
        UUID again = UUID.fromString(anew.get("id").textValue());
        replay.await(again, "failed");

        String next =
                "/api/1/attention/" + attention(again).orElseThrow().get("id").textValue();
        assertThat(replay.call("POST", next + "/discard", null).status()).isEqualTo(200);
        assertThat(replay.call("POST", next + "/discard", null).status()).isEqualTo(404);
        assertThat(attention(again)).isEmpty();
    }

    private static Optional<JsonNode> attention(UUID job) {
        JsonNode items =
                replay.get("/api/1/attention?workflow=replay&limit=500").ok().get("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.get("subject").textValue().contains(job.toString()))
                .findFirst();
    }

    @Test
    @DisplayName("RP69 RP70 RP67 what is wrong makes no job and is named, all of it")
    void refused() {
        ObjectNode request = request("cam-refused", 0, NEVER, "router+connect:tcp://127.0.0.1:9", "");
        request.put("anchor_keyframe", "nonsense");
        request.set("offset", Json.of("{'seconds': -1}"));
        JobSamples.configuration(request).remove("ts_sync");
        RunningReplay.Answer answer = replay.call("PUT", "/job", request);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("error").textValue()).isNotBlank();
        assertThat(answer.body().toString())
                .contains("url", "resulting_stream_id", "anchor_keyframe", "ts_sync", "seconds");
        assertThat(replay.get("/jobs?source=cam-refused").ok().get("jobs")).isEmpty();
        assertThat(replay.get("/job").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("A job is two lines in the log, at its start and its end")
    void twoLines(CapturedOutput output) {
        record("cam-log", 2);
        try (SavantReceiver sink = SavantReceiver.router()) {
            UUID job = replay.create(request("cam-log", 0, "'now'", sink.url(), "out-log"));
            replay.await(job, "completed");

            // The last line is written after the state
            patiently().until(() -> output.toString().contains("Job " + job + " completed"));
            assertThat(output.toString().lines().filter(line -> line.contains(job.toString())))
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains("Job " + job + " starts: cam-log to " + sink.url() + " as out-log");
        }
    }

    @Test
    @DisplayName("RP67 a negative or absurd offset is a 400 that names it, and the service goes on")
    void absurdOffset() {
        record("cam-offset", 3);
        try (SavantReceiver sink = SavantReceiver.router()) {
            for (String offset : List.of(
                    "{'seconds': -1}",
                    "{'seconds': -0.001}",
                    "{'seconds': 1e300}",
                    "{'seconds': 9223372036854775808}",
                    "{'seconds': 'NaN'}",
                    "{'blocks': -1}",
                    "{'blocks': 1e30}",
                    "{'blocks': 0.5}")) {
                ObjectNode request = request("cam-offset", 0, "'now'", sink.url(), "out-offset");
                request.set("offset", Json.of(offset));
                for (String[] call : List.of(new String[] {"PUT", "/job"}, new String[] {"POST", "/jobs/dry-run"})) {
                    RunningReplay.Answer answer = replay.call(call[0], call[1], request);
                    assertThat(answer.status()).as(offset).isEqualTo(400);
                    assertThat(answer.body().get("error").textValue())
                            .as(offset)
                            .contains("offset");
                }
            }
            assertThat(replay.get("/jobs?source=cam-offset").ok().get("jobs")).isEmpty();

            UUID job = replay.create(request("cam-offset", 0, "'now'", sink.url(), "out-offset"));
            assertThat(sink.awaitFrames("out-offset", 1)).containsExactly(0L);
            replay.await(job, "completed");
        }
    }

    @Test
    @DisplayName("RP78 labels of a job: replace sets them, bypass keeps those stored, append adds")
    void routingLabels() {
        RecordedSource camera = replay.source("cam-labels");
        camera.labelled(List.of("stored", "both"));
        try (SavantReceiver sink = SavantReceiver.router()) {
            assertThat(labelsSent(sink, "'bypass'")).containsExactly("stored", "both");
            assertThat(labelsSent(sink, "{'replace': ['both', 'given']}")).containsExactly("both", "given");
            assertThat(labelsSent(sink, "{'append': ['both', 'given']}"))
                    .containsExactly("stored", "both", "both", "given");
        }
    }

    private static List<String> labelsSent(SavantReceiver sink, String labels) {
        String result = "out-labels-" + UUID.randomUUID();
        ObjectNode request = request("cam-labels", 0, "'now'", sink.url(), result);
        JobSamples.configuration(request).set("routing_labels", Json.of(labels));
        replay.create(request);
        sink.awaitFrames(result, 1);
        return sink.received(result).get(0).message().routingLabels();
    }

    @Test
    @DisplayName("RP71 RP81 RP97 a job waits for its anchor; labels are echoed, what is left of the condition is shown")
    void waits() {
        RecordedSource camera = replay.source("cam-wait");
        try (SavantReceiver sink = SavantReceiver.router()) {
            ObjectNode request = request("cam-wait", 0, "{'frame_count': 3}", sink.url(), "out-wait");
            JobSamples.duration(request, "anchor_wait_duration", 60_000);
            JobSamples.configuration(request).putObject("labels").put("event", "7");
            UUID job = replay.create(request);
            replay.await(job, "waiting");
            camera.block(1);
            sink.awaitFrames("out-wait", 1);

            patiently().untilAsserted(() -> assertThat(running(job).get(0).get(2))
                    .isEqualTo(Json.of("{'frame_count': 2}")));
            assertThat(running(job).get(0).get(1).get("labels")).isEqualTo(Json.of("{'event': '7'}"));
            camera.frame(false);
            camera.frame(false);
            assertThat(sink.awaitFrames("out-wait", 3)).containsExactly(0L, 1L, 2L);
            assertThat(awaitStopped(job).get(1).get("labels").get("event").textValue())
                    .isEqualTo("7");
        }
    }

    @Test
    @DisplayName("RP83 a sink that is gone fails the job after max_delivery_duration; nothing else suffers")
    void sinkGone() {
        record("cam-gone", 5);
        int port;
        try (SavantReceiver gone = SavantReceiver.rep()) {
            port = gone.port();
        }
        ObjectNode request = request("cam-gone", 0, NEVER, "req+connect:tcp://127.0.0.1:" + port, "out-gone");
        JobSamples.duration(JobSamples.configuration(request), "max_delivery_duration", 500);
        UUID job = replay.create(request);

        assertThat(awaitStopped(job).get(2).textValue()).contains("not delivered within PT0.5S");
    }

    @Test
    @DisplayName("RP77 RP83 an end of stream that is not acknowledged fails the job")
    void endNotAcknowledged() {
        record("cam-noack", 2);
        try (SavantReceiver sink = SavantReceiver.router()) {
            sink.stopAcknowledging();
            ObjectNode request = request("cam-noack", 0, "'now'", sink.url(), "out-noack");
            JobSamples.configuration(request).put("send_eos", true);
            JobSamples.duration(JobSamples.configuration(request), "max_delivery_duration", 300);
            UUID job = replay.create(request);

            assertThat(awaitStopped(job).get(2).textValue()).contains("not delivered within PT0.3S");
            assertThat(sink.frames("out-noack")).startsWith(0L, -1L);
        }
    }

    @Test
    @DisplayName("RP83 a sink that is away for a while gets everything")
    void sinkAway() {
        record("cam-away", 50);
        SavantReceiver sink = SavantReceiver.rep();
        int port = sink.port();
        sink.close();
        UUID job = replay.create(
                request("cam-away", 0, "{'frame_count': 50}", "dealer+connect:tcp://127.0.0.1:" + port, "out-away"));
        patiently().until(() -> replay.detail(job).get("frames").longValue() >= 0);
        try (SavantReceiver back = SavantReceiver.router(port)) {
            assertThat(back.awaitFrames("out-away", 50))
                    .containsExactlyElementsOf(LongStream.range(0, 50).boxed().toList());
        }
    }

    @Test
    @DisplayName("RP87 paced jobs, two at once, keep their gaps")
    void paced() {
        record("cam-paced", 20);
        try (SavantReceiver sink = SavantReceiver.router()) {
            for (String name : List.of("out-paced-1", "out-paced-2")) {
                replay.create(paced(request("cam-paced", 0, "{'frame_count': 20}", sink.url(), name), 20, 20));
            }
            for (String name : List.of("out-paced-1", "out-paced-2")) {
                sink.awaitFrames(name, 20);
                long first = sink.received(name).get(0).nanoTime();
                long last = sink.received(name).get(19).nanoTime();
                assertThat(Duration.ofNanos(last - first)).isGreaterThan(Duration.ofMillis(360));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"now\"",
                "{\"frame_count\": 1}",
                "{\"key_frame_count\": 1}",
                "{\"last_frame\": {\"uuid\": \"00000000-0000-0000-0000-000000000000\"}}",
                "{\"ts_delta_sec\": {\"max_delta_sec\": 0.005}}",
                "{\"real_time_delta_ms\": {\"configured_delta_ms\": 1}}"
            })
    @DisplayName("RP95 another stop condition takes effect on a running job")
    void patched(String condition) {
        String source = "cam-patch-" + Math.abs(condition.hashCode());
        RecordedSource camera = record(source, 5);
        try (SavantReceiver sink = SavantReceiver.router()) {
            UUID job = replay.create(request(source, 0, NEVER, sink.url(), "out-patch"));
            sink.awaitFrames("out-patch", 5);
            assertThat(replay.call("PATCH", "/job/" + job + "/stop-condition", Json.of(condition))
                            .ok()
                            .textValue())
                    .isEqualTo("ok");
            camera.block(2);
            camera.block(2);

            assertThat(awaitStopped(job).get(2).isNull()).isTrue();
        }
    }

    @Test
    @DisplayName("RP95 'never' takes effect as well")
    void patchedToNever() {
        RecordedSource camera = record("cam-patch-never", 5);
        try (SavantReceiver sink = SavantReceiver.router()) {
            UUID job = replay.create(request("cam-patch-never", 0, "{'frame_count': 6}", sink.url(), "out-never"));
            sink.awaitFrames("out-never", 5);
            replay.call("PATCH", "/job/" + job + "/stop-condition", Json.of(NEVER))
                    .ok();
            camera.block(5);

            assertThat(sink.awaitFrames("out-never", 10)).hasSize(10);
            replay.call("DELETE", "/job/" + job, null).ok();
        }
    }

    @Test
    @DisplayName("RP96 a stop condition of an unknown or ended job is a 404, a senseless one a 400")
    void patchRefused() {
        record("cam-patch-no", 1);
        try (SavantReceiver sink = SavantReceiver.router()) {
            UUID job = replay.create(request("cam-patch-no", 0, NEVER, sink.url(), "out-patch-no"));
            String path = "/job/" + job + "/stop-condition";
            assertThat(replay.call("PATCH", path, Json.of("{'frame_count': 0}")).status())
                    .isEqualTo(400);
            assertThat(replay.call("PATCH", path, Json.of("{'last_frame': {'uuid': 'x'}}"))
                            .status())
                    .isEqualTo(400);
            replay.call("DELETE", "/job/" + job, null).ok();
            assertThat(replay.call("PATCH", path, Json.of("'now'")).status()).isEqualTo(404);
            assertThat(replay.call("PATCH", "/job/" + UUID.randomUUID() + "/stop-condition", Json.of("'now'"))
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    @DisplayName("RP99 RP100 D-1 DELETE answers ok, the stream stops without an end, the job is listed as cancelled")
    void deleted() {
        RecordedSource camera = record("cam-delete", 3);
        try (SavantReceiver sink = SavantReceiver.router()) {
            ObjectNode request = request("cam-delete", 0, NEVER, sink.url(), "out-delete");
            JobSamples.configuration(request).put("send_eos", true);
            UUID job = replay.create(request);
            sink.awaitFrames("out-delete", 3);

            assertThat(replay.call("DELETE", "/job/" + job, null).ok().textValue())
                    .isEqualTo("ok");
            assertThat(running(job)).isEmpty();
            assertThat(stopped(job).get(2).textValue()).contains("cancelled");
            camera.frame(false);
            patiently().until(() -> replay.camel().getRoute(JobComponent.routeId(job)) == null);
            assertThat(sink.frames("out-delete")).containsExactly(0L, 1L, 2L);
            assertThat(replay.call("DELETE", "/job/" + job, null).status()).isEqualTo(404);
            assertThat(replay.call("DELETE", "/job/" + UUID.randomUUID(), null).status())
                    .isEqualTo(404);
            assertThat(replay.call("DELETE", "/job/nonsense", null).status()).isEqualTo(400);
        }
    }

    @Test
    @DisplayName("RP97 an unknown or malformed id gives an empty list")
    void unknownIds() {
        assertThat(running(UUID.randomUUID())).isEmpty();
        assertThat(replay.get("/job/nonsense").ok()).isEqualTo(Json.of("{'jobs': []}"));
    }

    @Test
    @DisplayName("RP101 jobs with equal url and options share a writer, others do not; RP102 options of the job count")
    void sharedSinks() {
        record("cam-share", 2);
        try (SavantReceiver sink = SavantReceiver.router()) {
            for (int i = 0; i < 3; i++) {
                ObjectNode request = request("cam-share", 0, NEVER, sink.url(), "out-share-" + i);
                if (i == 2) {
                    ((ObjectNode) request.get("sink"))
                            .set("options", SinkOptions.DEFAULT.toJson().put("send_hwm", 77));
                }
                UUID job = replay.create(request);
                sink.awaitFrames("out-share-" + i, 2);
                assertThat(replay.detail(job).at("/sink/options/send_hwm").intValue())
                        .isEqualTo(i == 2 ? 77 : 1000);
            }
            List<String> writers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                writers.add(sink.received("out-share-" + i)
                        .get(0)
                        .message()
                        .systemId()
                        .orElseThrow());
            }
            assertThat(writers.get(0)).isEqualTo(writers.get(1)).isNotEqualTo(writers.get(2));
            cancelAll("cam-share");
        }
    }

    @Test
    @DisplayName("RP103 a req sink delivers, each message acknowledged")
    public void request() {
        record("cam-req", 20);
        try (SavantReceiver sink = SavantReceiver.rep()) {
            ObjectNode request = request("cam-req", 0, "{'frame_count': 20}", sink.url(), "out-req");
            JobSamples.configuration(request).put("send_eos", true);
            UUID job = replay.create(request);

            assertThat(sink.awaitFrames("out-req", 21)).hasSize(21);
            assertThat(awaitStopped(job).get(2).isNull()).isTrue();
        }
    }

    @Test
    @DisplayName("RP103 a pub sink delivers to those who are there")
    void publish() {
        RecordedSource camera = record("cam-pub", 1);
        try (SavantReceiver sink = SavantReceiver.sub()) {
            UUID job = replay.create(request("cam-pub", 0, NEVER, sink.url(), "out-pub"));
            patiently().until(() -> {
                camera.frame(false);
                return sink.frames("out-pub").size() > 5;
            });
            replay.call("DELETE", "/job/" + job, null).ok();
        }
    }

    @Test
    @DisplayName("RP106 a hundred jobs at once to one sink: all complete, each in order")
    void hundred() {
        record("cam-hundred", 50);
        try (SavantReceiver sink = SavantReceiver.router()) {
            List<UUID> jobs = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                jobs.add(replay.create(
                        request("cam-hundred", 0, "{'frame_count': 50}", sink.url(), "out-hundred-" + i)));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(sink.awaitFrames("out-hundred-" + i, 50))
                        .containsExactlyElementsOf(
                                LongStream.range(0, 50).boxed().toList());
                replay.await(jobs.get(i), "completed");
            }
            Set<String> ids = new HashSet<>();
            jobs.forEach(job -> ids.add(job.toString()));
            assertThat(new ArrayList<>(jobs))
                    .isSortedAccordingTo((one, other) -> one.toString().compareTo(other.toString()));
            assertThat(ids).hasSize(100);
            patiently().untilAsserted(() -> assertThat(replay.camel().getRoutes())
                    .noneMatch(route -> ids.stream().anyMatch(route.getRouteId()::contains)));
            assertThat(replay.camel().getEndpoints())
                    .noneMatch(endpoint -> ids.stream().anyMatch(endpoint.getEndpointUri()::contains));
        }
    }

    @Test
    @DisplayName("RP107 a job whose sink cannot exist fails alone")
    void isolated() {
        record("cam-isolated", 5);
        try (SavantReceiver sink = SavantReceiver.router()) {
            ObjectNode broken = request(
                    "cam-isolated", 0, NEVER, "dealer+bind:" + sink.url().replaceFirst(".*tcp", "tcp"), "out-broken");
            JobSamples.duration(JobSamples.configuration(broken), "max_delivery_duration", 500);
            UUID bad = replay.create(broken);
            UUID good = replay.create(request("cam-isolated", 0, "{'frame_count': 5}", sink.url(), "out-sound"));

            assertThat(sink.awaitFrames("out-sound", 5)).hasSize(5);
            replay.await(good, "completed");
            assertThat(replay.await(bad, "failed").get("last_error").textValue())
                    .isNotBlank();
        }
    }

    @Test
    @DisplayName("RP69 an address cannot smuggle options or placeholders into the endpoint")
    void hostileAddress() {
        for (String url :
                List.of("dealer+connect:ipc:///tmp/a?curveSecretKey=x", "dealer+connect:ipc:///tmp/{{env:PATH}}")) {
            assertThat(replay.call("PUT", "/job", request("cam-x", 0, NEVER, url, "out"))
                            .status())
                    .as(url)
                    .isEqualTo(400);
        }
    }

    @Test
    @DisplayName("CP4 a job neither touches files elsewhere nor opens ports to the network")
    void addressesOfSinks(@TempDir Path elsewhere) throws Exception {
        Path victim = Files.writeString(elsewhere.resolve("victim.txt"), "precious");
        for (String url : List.of(
                "dealer+bind:ipc://" + victim,
                "dealer+bind:ipc://" + elsewhere.resolve("new/folder/a.sock"),
                "dealer+connect:ipc://" + victim,
                "pub+bind:tcp://*:0",
                "pub+bind:tcp://0.0.0.0:0")) {
            ObjectNode request = request("cam-x", 0, NEVER, url, "out");
            for (RunningReplay.Answer answer :
                    List.of(replay.call("PUT", "/job", request), replay.call("POST", "/jobs/dry-run", request))) {
                assertThat(answer.status()).as(url).isEqualTo(400);
                assertThat(answer.body().toString())
                        .contains(url.contains("tcp") ? "bind 127.0.0.1" : "replay.jobs.ipc-directory");
            }
        }

        assertThat(victim).hasContent("precious");
        assertThat(elsewhere.resolve("new")).doesNotExist();
    }

    @Test
    @DisplayName("RX6 pause, resume and speed over HTTP")
    void pauseAndSpeed() {
        RecordedSource camera = record("cam-pause", 2);
        try (SavantReceiver sink = SavantReceiver.router()) {
            UUID job = replay.create(paced(request("cam-pause", 0, NEVER, sink.url(), "out-pause"), 0, 1_000));
            sink.awaitFrames("out-pause", 2);
            replay.call("POST", "/jobs/" + job + "/pause", null).ok();
            assertThat(replay.detail(job).get("state").textValue()).isEqualTo("paused");
            camera.frame(false);
            patiently().until(() -> routeStatus(job) == ServiceStatus.Suspended);
            assertThat(sink.frames("out-pause")).hasSize(2);
            replay.call("PATCH", "/jobs/" + job + "/speed", Json.of("{'factor': 2.5}"))
                    .ok();
            replay.call("POST", "/jobs/" + job + "/resume", null).ok();

            assertThat(sink.awaitFrames("out-pause", 3)).hasSize(3);
            patiently().until(() -> routeStatus(job) == ServiceStatus.Started);
            assertThat(replay.detail(job).get("speed").doubleValue()).isEqualTo(2.5);
            assertThat(replay.detail(job).get("state").textValue()).isEqualTo("running");
            assertThat(replay.call("PATCH", "/jobs/" + job + "/speed", Json.of("{'factor': 0}"))
                            .status())
                    .isEqualTo(400);
            replay.call("DELETE", "/job/" + job, null).ok();
        }
    }

    @Test
    @DisplayName("RX4 one job sends stretches of two sources, one after the other, under one id and with one end")
    void playlist() {
        record("cam-list-1", 10);
        record("cam-list-2", 10);
        try (SavantReceiver sink = SavantReceiver.router()) {
            ObjectNode request = request("cam-list-1", 0, "{'frame_count': 3}", sink.url(), "out-list");
            JobSamples.configuration(request).put("send_eos", true);
            request.withArray("/playlist")
                    .addObject()
                    .put("stored_stream_id", "cam-list-2")
                    .put("anchor_keyframe", RecordedSource.id(0).toString())
                    .set("stop_condition", Json.of("{'frame_count': 2}"));
            UUID job = replay.create(request);

            assertThat(sink.awaitFrames("out-list", 6)).containsExactly(0L, 1L, 2L, 0L, 1L, -1L);
            JsonNode detail = replay.await(job, "completed");
            assertThat(detail.get("part").intValue()).isEqualTo(1);
            assertThat(detail.get("frames").longValue()).isEqualTo(5);
            assertThat(detail.at("/stop_condition/frame_count").intValue())
                    .as("CP22 what is left, also of a job that ended")
                    .isZero();
            request.withArray("/playlist").addObject().put("anchor_keyframe", "x");
            RunningReplay.Answer wrong = replay.call("PUT", "/job", request);
            assertThat(wrong.status()).isEqualTo(400);
            assertThat(wrong.body().toString()).contains("playlist", "stop_condition");
        }
    }

    @Test
    @DisplayName("RX22 timestamps go on over stretches of two sources and their repetition, in either generation")
    void contiguousPts() {
        RecordedSource first = replay.source("cam-time-1");
        RecordedSource second = replay.source("cam-time-2");
        for (long i = 0; i < 3; i++) {
            first.append(
                    i == 0, first.frame(5_000 + i * 20).setDts(4_980 + i * 20).setDuration(20));
            second.append(
                    i == 0, second.frame(77).setTimeBaseDenominator(90_000).setDuration(1_800));
        }
        try (SavantReceiver sink = SavantReceiver.router()) {
            ObjectNode request = request("cam-time-1", 0, "{'frame_count': 3}", sink.url(), "out-time");
            request.put("repeat", 2).put("generation", 2);
            request.set("contiguous_pts", Json.of("{'start': 0, 'max_gap': '1s'}"));
            request.withArray("/playlist")
                    .addObject()
                    .put("stored_stream_id", "cam-time-2")
                    .put("anchor_keyframe", RecordedSource.id(0).toString())
                    .set("stop_condition", Json.of("{'frame_count': 2}"));
            UUID job = replay.create(request);
            replay.await(job, "completed");

            assertThat(sink.awaitFrames("out-time", 10)).containsExactly(0L, 1L, 2L, 0L, 1L, 0L, 1L, 2L, 0L, 1L);
            List<FrameHeader> sent = sink.received("out-time").stream()
                    .map(received -> received.message().header().orElseThrow())
                    .toList();
            assertThat(sent)
                    .extracting(FrameHeader::pts)
                    .containsExactly(20L, 40L, 60L, 7_200L, 9_000L, 120L, 140L, 160L, 16_200L, 18_000L);
            assertThat(sent.stream().filter(frame -> frame.dts().isPresent()))
                    .hasSize(6)
                    .allSatisfy(frame -> assertThat(frame.dts().getAsLong()).isEqualTo(frame.pts() - 20));
        }
        ObjectNode wrong = request("cam-time-1", 0, "'now'", "dealer+connect:tcp://127.0.0.1:9", "out");
        for (String given : List.of("true", "{'start': -1}", "{'start': 0.5}", "{'max_gap': 'long'}")) {
            wrong.set("contiguous_pts", Json.of(given));
            RunningReplay.Answer answer = replay.call("PUT", "/job", wrong);
            assertThat(answer.status()).as(given).isEqualTo(400);
            assertThat(answer.body().get("error").textValue()).contains("contiguous_pts");
        }
    }

    @Test
    @DisplayName("RX22 a job begins when it was told to, not before, and a time without a zone is refused")
    void startsAt() {
        record("cam-start", 2);
        try (SavantReceiver sink = SavantReceiver.router()) {
            ObjectNode request = request("cam-start", 0, "'now'", sink.url(), "out-start");
            Instant start = Instant.now().plusMillis(1_500);
            UUID job = replay.create(request.put("start_at", start.toString()));
            assertThat(replay.detail(job).get("frames").longValue()).isZero();

            sink.awaitFrames("out-start", 1);
            assertThat(Instant.now()).isAfterOrEqualTo(start);
            assertThat(replay.call("PUT", "/job", request.put("start_at", "2026-01-01T12:00:00"))
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    @DisplayName("a sink that has little room gets every frame in order, and no number is missing")
    void narrowSink() {
        record("cam-narrow", 400);
        try (SavantReceiver sink = SavantReceiver.router()) {
            ObjectNode request = request("cam-narrow", 0, "{'frame_count': 400}", sink.url(), "out-narrow");
            request.withObject("/sink")
                    .set(
                            "options",
                            new SinkOptions(Duration.ofSeconds(1), 9, Duration.ofSeconds(1), 9, 1, 1, 100).toJson());
            replay.create(request);

            assertThat(sink.awaitFrames("out-narrow", 400))
                    .containsExactlyElementsOf(LongStream.range(0, 400).boxed().toList());
            assertThat(sink.received("out-narrow").stream()
                            .map(message -> message.message().seqId()))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 400).boxed().toList());
        }
    }

    @Test
    @DisplayName("RX6 a halted job is moved, steps, and goes on; what cannot be is refused")
    void seekAndStep() {
        record("cam-seek", 20);
        try (SavantReceiver sink = SavantReceiver.router()) {
            UUID job = replay.create(paced(request("cam-seek", 0, NEVER, sink.url(), "out-seek"), 10_000, 20_000));
            String path = "/jobs/" + job;
            patiently().until(() -> replay.detail(job).get("state").textValue().equals("running"));
            assertThat(replay.call("POST", path + "/step", Json.of("{}")).status())
                    .isEqualTo(409);
            replay.call("POST", path + "/pause", null).ok();
            replay.call("POST", path + "/step", Json.of("{'frames': 2}")).ok();
            assertThat(sink.awaitFrames("out-seek", 2)).containsExactly(0L, 1L);
            replay.call("POST", path + "/seek", seek(0)).ok();
            replay.call("POST", path + "/step", Json.of("{}")).ok();

            assertThat(sink.awaitFrames("out-seek", 3)).containsExactly(0L, 1L, 0L);
            assertThat(replay.detail(job).get("state").textValue()).isEqualTo("paused");
            assertThat(replay.call("POST", path + "/seek", seek(77)).status()).isEqualTo(404);
            assertThat(replay.call("POST", path + "/seek", Json.of("{}")).status())
                    .isEqualTo(400);
            assertThat(replay.call("POST", path + "/step", Json.of("{'frames': 0}"))
                            .status())
                    .isEqualTo(400);
            replay.call("DELETE", "/job/" + job, null).ok();
            assertThat(replay.call("POST", path + "/step", Json.of("{}")).status())
                    .isEqualTo(404);
        }
    }

    private static ObjectNode seek(int frame) {
        ObjectNode body = (ObjectNode) Json.of("{}");
        return body.put("anchor_keyframe", RecordedSource.id(frame).toString());
    }

    @Test
    @DisplayName("RX6 who suspends the route in Hawtio pauses the job, who stops it cancels it")
    void operator() throws Exception {
        RecordedSource camera = record("cam-hawtio", 2);
        try (SavantReceiver sink = SavantReceiver.router()) {
            UUID job = replay.create(request("cam-hawtio", 0, NEVER, sink.url(), "out-hawtio"));
            sink.awaitFrames("out-hawtio", 2);
            String route = JobComponent.routeId(job);
            assertThat(replay.camel().getRoute(route).getGroup()).isEqualTo("replay");
            assertThat(replay.camel().getRoute(route).getDescription())
                    .contains("cam-hawtio", sink.url(), "out-hawtio");
            replay.camel().getRouteController().suspendRoute(route);
            assertThat(replay.detail(job).get("state").textValue()).isEqualTo("paused");
            camera.frame(false);
            replay.camel().getRouteController().resumeRoute(route);
            assertThat(sink.awaitFrames("out-hawtio", 3)).hasSize(3);
            replay.camel().getRouteController().stopRoute(route);

            assertThat(replay.await(job, "cancelled").get("last_error").textValue())
                    .contains("route was stopped");
        }
    }

    @Test
    @DisplayName("RX7 progress: position, frames, bytes, lag, effective sink, anchor and offset")
    void progress() {
        RecordedSource camera = record("cam-progress", 10);
        try (SavantReceiver sink = SavantReceiver.router()) {
            UUID job = replay.create(request("cam-progress", 0, NEVER, sink.url(), "out-progress"));
            sink.awaitFrames("out-progress", 10);
            patiently().untilAsserted(() -> {
                JsonNode detail = replay.detail(job);
                assertThat(detail.get("position").longValue()).isEqualTo(10);
                assertThat(detail.get("frames").longValue()).isEqualTo(10);
                assertThat(detail.get("bytes").longValue()).isEqualTo(90);
                assertThat(detail.get("lag_ms").longValue()).isZero();
                assertThat(detail.get("last_frame").textValue())
                        .isEqualTo(RecordedSource.id(9).toString());
                assertThat(detail.get("anchor_keyframe").textValue())
                        .isEqualTo(RecordedSource.id(0).toString());
                assertThat(detail.get("offset")).isEqualTo(Json.of("{'blocks': 0}"));
                assertThat(detail.at("/sink/url").textValue()).isEqualTo(sink.url());
            });
            camera.store();
            replay.call("DELETE", "/job/" + job, null).ok();
        }
    }

    @Test
    @DisplayName("RX21 the same idempotency key makes no second job; another request with it is refused")
    void idempotencyKey() {
        record("cam-key", 2);
        try (SavantReceiver sink = SavantReceiver.router()) {
            ObjectNode request = request("cam-key", 0, NEVER, sink.url(), "out-key");
            String[] key = {"Idempotency-Key", "key-1"};
            JsonNode first = replay.call("PUT", "/job", request, key).ok();
            JsonNode second = replay.call("PUT", "/job", request, key).ok();

            assertThat(second).isEqualTo(first);
            assertThat(replay.get("/jobs?source=cam-key").ok().get("jobs")).hasSize(1);
            JobSamples.configuration(request).put("send_eos", true);
            assertThat(replay.call("PUT", "/job", request, key).status()).isEqualTo(422);
            cancelAll("cam-key");
            assertThat(replay.call("PUT", "/job", request("cam-key", 0, NEVER, sink.url(), "out-key"), key)
                            .ok())
                    .isEqualTo(first);
        }
    }

    @Test
    @DisplayName("RX21 a dry run says where a job would begin, and makes none")
    void dryRun() {
        record("cam-dry", 10);
        ObjectNode request = request("cam-dry", 0, NEVER, "dealer+connect:tcp://127.0.0.1:9", "out-dry");
        JsonNode found = replay.call("POST", "/jobs/dry-run", request).ok();

        assertThat(found.get("anchor_found").booleanValue()).isTrue();
        assertThat(found.get("start_index").longValue()).isZero();
        assertThat(found.get("messages_ahead").longValue()).isEqualTo(10);
        assertThat(found.at("/sink/options/send_hwm").intValue()).isEqualTo(1000);
        request.put("anchor_keyframe", UUID.randomUUID().toString());
        assertThat(replay.call("POST", "/jobs/dry-run", request)
                        .ok()
                        .get("anchor_found")
                        .booleanValue())
                .isFalse();
        assertThat(replay.get("/jobs?source=cam-dry").ok().get("jobs")).isEmpty();
    }

    @Test
    @DisplayName("RX8 server-sent events follow a job to its end")
    void events() {
        RecordedSource camera = record("cam-events", 2);
        try (SavantReceiver sink = SavantReceiver.router()) {
            UUID job = replay.create(request("cam-events", 0, "{'frame_count': 3}", sink.url(), "out-events"));
            sink.awaitFrames("out-events", 2);
            CompletableFuture<List<String>> lines = replay.follow("/jobs/" + job + "/events");
            patiently().until(() -> replay.followers(job) == 1);
            camera.frame(false);

            List<String> events = lines.orTimeout(30, TimeUnit.SECONDS).join();
            assertThat(events).startsWith("event: state").contains("event: state");
            String last = events.stream()
                    .filter(line -> line.startsWith("data: "))
                    .reduce((one, two) -> two)
                    .orElseThrow();
            assertThat(Json.of(last.substring(6)).get("state").textValue()).isEqualTo("completed");
            assertThat(replay.followers(job)).isZero();
            assertThat(replay.get("/jobs/" + UUID.randomUUID() + "/events").status())
                    .isEqualTo(404);
        }
    }

    @Test
    @DisplayName("RX3 an exclusive resulting id is refused where another job writes to it")
    void exclusive() {
        record("cam-exclusive", 2);
        try (SavantReceiver sink = SavantReceiver.router()) {
            ObjectNode request = request("cam-exclusive", 0, NEVER, sink.url(), "out-exclusive");
            replay.create(request);
            request.put("exclusive_resulting_id", true);

            assertThat(replay.call("PUT", "/job", request).status()).isEqualTo(409);
            cancelAll("cam-exclusive");
            replay.create(request);
            request.put("exclusive_resulting_id", false);
            assertThat(replay.call("PUT", "/job", request).status()).isEqualTo(409);
            cancelAll("cam-exclusive");
        }
    }

    @Test
    @DisplayName("Hawtio shows the threads of the jobs")
    void threads() throws Exception {
        assertThat(ManagementFactory.getPlatformMBeanServer()
                        .queryNames(new ObjectName("org.apache.camel:type=threadpools,*"), null))
                .extracting(name -> ObjectName.unquote(name.getKeyProperty("name")))
                .contains("replay-job", "replay-jobs", "replay-events");
    }

    /** Of a site that wants no other frames. */
    public static final class KeepKeyframes {

        public List<JobMessage> keep(List<JobMessage> batch) {
            return batch.stream().filter(JobMessage::isKeyframe).toList();
        }
    }

    @Test
    @DisplayName("a site's template takes the place of the jobs' own: a tee as in the document, and a filter behind it")
    void siteTemplate() throws IOException {
        Path file = data.resolve("routes.d/replay-job.yaml");
        Files.writeString(file, documentedTemplate());
        patiently().until(() -> templateNodes() == 5);
        record("cam-site", 5);
        try (SavantReceiver sink = SavantReceiver.router()) {
            ObjectNode request = request("cam-site", 0, "{'frame_count': 5}", sink.url(), "out-site");
            JobSamples.configuration(request).put("send_eos", true);
            JsonNode job = replay.await(replay.create(request), "completed");

            assertThat(job.get("frames").longValue())
                    .as("what is left out counts as sent")
                    .isEqualTo(5);
            assertThat(sink.awaitFrames("out-site", 1)).containsExactly(0L);
            assertThat(replay.camel()
                            .getEndpoint("mock:replayed-frames", MockEndpoint.class)
                            .getExchanges())
                    .hasSizeGreaterThanOrEqualTo(6)
                    .allSatisfy(exchange -> assertThat(
                                    Envelope.parseFrom(exchange.getMessage().getBody(byte[].class))
                                            .getProtocolVersion())
                            .isEqualTo("1.15.7"));
        } finally {
            Files.delete(file);
        }
        patiently().until(() -> templateNodes() == 3);
    }

    /** With a mock in the place of Kafka, and a filter. */
    private static String documentedTemplate() throws IOException {
        String document = Files.readString(Path.of("docs/replay.md"));
        int begin = document.indexOf("- routeTemplate:");
        return document.substring(begin, document.indexOf("```", begin))
                .replace("kafka:replayed-frames", "mock:replayed-frames")
                .replaceAll("\\s+parameters:\\s+brokers: .*", "")
                .replaceFirst(
                        "( +)- bean:\n +id: stamp-for-sink",
                        """
                        $1- bean:
                        $1    id: keep-keyframes
                        $1    beanType: %s
                        $1    method: keep
                        $0"""
                                .formatted(KeepKeyframes.class.getName().replace("$", "\\$")));
    }

    private static int templateNodes() {
        return ((ModelCamelContext) replay.camel())
                .getRouteTemplateDefinition("replay-job")
                .getRoute()
                .getOutputs()
                .size();
    }

    private static ServiceStatus routeStatus(UUID job) {
        return replay.camel().getRouteController().getRouteStatus(JobComponent.routeId(job));
    }

    private static void cancelAll(String source) {
        replay.get("/jobs?state=running&source=" + source).ok().get("jobs").forEach(job -> replay.call(
                        "DELETE", "/job/" + job.get("id").textValue(), null)
                .ok());
    }

    private static RecordedSource record(String source, int frames) {
        RecordedSource camera = replay.source(source);
        camera.block(frames);
        return camera;
    }

    public static ObjectNode request(String source, long anchor, String stopCondition, String url, String resultingId) {
        ObjectNode request = JobSamples.request(source, RecordedSource.id(anchor), stopCondition);
        ((ObjectNode) request.get("sink")).put("url", url);
        JobSamples.configuration(request).put("resulting_stream_id", resultingId);
        JobSamples.duration(JobSamples.configuration(request), "max_idle_duration", 60_000);
        return request;
    }

    private static ObjectNode paced(ObjectNode request, long min, long max) {
        JobSamples.configuration(request).put("ts_sync", true);
        JobSamples.duration(JobSamples.configuration(request), "min_duration", min);
        JobSamples.duration(JobSamples.configuration(request), "max_duration", max);
        return request;
    }

    private static JsonNode running(UUID job) {
        return replay.get("/job/" + job).ok().get("jobs");
    }

    private static JsonNode stopped(UUID job) {
        for (JsonNode stopped : replay.get("/job/stopped").ok().get("stopped_jobs")) {
            if (stopped.get(0).textValue().equals(job.toString())) {
                return stopped;
            }
        }
        return null;
    }

    private static JsonNode awaitStopped(UUID job) {
        return patiently().until(() -> stopped(job), found -> found != null);
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }
}
