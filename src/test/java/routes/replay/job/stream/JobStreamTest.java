package routes.replay.job.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.replay.JobSamples;
import routes.replay.Json;
import routes.replay.RecordedSource;
import routes.replay.SavantSamples;
import routes.replay.SteppedJob;
import routes.replay.job.JobCheckpoint;
import routes.replay.job.JobOutcome;
import routes.replay.job.JobState;
import routes.replay.job.MonotonicTime;
import routes.replay.job.StopCondition;
import routes.replay.protocol.FrameHeader;
import routes.replay.protocol.SavantMessage;
import routes.replay.protocol.json.AttributeJson;
import routes.replay.savant.Attribute;
import routes.replay.savant.VideoObject;
import routes.replay.savant.generation1.VideoFrame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The course of one job over a real store, on a clock of its own. */
class JobStreamTest {

    private static final String NEVER = "'never'";

    @TempDir
    Path directory;

    private RecordedSource camera;
    private long recorded;

    @BeforeEach
    void record() {
        camera = new RecordedSource(directory, "cam-1");
    }

    @AfterEach
    void close() {
        camera.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 9", "1, 6", "2, 3", "3, 0", "9, 0"})
    @DisplayName("RP63 RP64 an offset in blocks begins so many keyframes before the anchor, or at the oldest")
    void blocks(long blocks, long expected) {
        recordBlocks(5, 3);
        ObjectNode request = request(9, "'now'");
        request.set("offset", Json.of("{'blocks': " + blocks + "}"));

        assertThat(run(request).frames()).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "0.005, 2", "0.015, 1", "100, 0"})
    @DisplayName("RP65 an offset in seconds begins at least that long before the anchor; zero is the anchor")
    void seconds(double seconds, long expected) {
        recordBlocks(5, 1);
        ObjectNode request = request(3, "'now'");
        request.set("offset", Json.of("{'seconds': " + seconds + "}"));

        assertThat(run(request).frames()).containsExactly(expected);
    }

    @Test
    @DisplayName("RP66 keyframes of other sources are never counted")
    void otherSources() {
        RecordedSource other = camera.other("cam-2");
        for (int i = 0; i < 4; i++) {
            camera.block(1);
            other.block(1);
        }
        ObjectNode request = request(3, "'now'");
        request.set("offset", Json.of("{'blocks': 2}"));

        assertThat(run(request).frames()).containsExactly(1L);
        assertThat(run(JobSamples.request("cam-2", RecordedSource.id(2), "{'frame_count': 2}"))
                        .frames())
                .containsExactly(2L, 3L);
    }

    @Test
    @DisplayName("RP71 a job waits for its anchor, and starts when it is recorded")
    void waitsForAnchor() {
        camera.block(2);
        ObjectNode request = request(2, "'now'");
        JobSamples.duration(request, "anchor_wait_duration", 5_000);
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            assertThat(job.stream().next(job.now())).isInstanceOf(JobStep.Wait.class);
            assertThat(job.stream().state()).isEqualTo(JobState.WAITING);
            assertThat(job.stream().waitsForEntries()).isTrue();

            camera.block(1);

            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.frames()).containsExactly(2L);
        }
    }

    @Test
    @DisplayName("RP71 an anchor that is not recorded in time fails the job, with a reason")
    void anchorNeverComes() {
        camera.block(2);
        ObjectNode request = request(7, NEVER);
        JobSamples.duration(request, "anchor_wait_duration", 5_000);
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            JobOutcome outcome = job.run();

            assertThat(outcome.state()).isEqualTo(JobState.FAILED);
            assertThat(outcome.reason().orElseThrow())
                    .contains(RecordedSource.id(7).toString(), "cam-1", "PT5S");
            assertThat(job.messages()).isEmpty();
        }
    }

    @Test
    @DisplayName("RP71 D-19 without any wait the anchor is looked for once all the same")
    void noWait() {
        recordBlocks(1, 2);
        ObjectNode request = request(0, "'now'");
        JobSamples.duration(request, "anchor_wait_duration", 0);

        assertThat(run(request).frames()).containsExactly(0L);
    }

    @Test
    @DisplayName("RP72 an anchor that is no keyframe fails the job")
    void anchorIsNoKeyframe() {
        recordBlocks(1, 3);

        assertFails(request(1, NEVER), "is no keyframe of cam-1");
    }

    @Test
    @DisplayName("RP73 the resulting id is in body and topic; everything else of a frame stays")
    void rewritten() {
        camera.append(
                true,
                camera.frame(40)
                        .setDts(7)
                        .addAttributes(SavantSamples.attribute("own", "name", "stored"))
                        .addObjects(SavantSamples.object(1)));
        SteppedJob job = run(request(0, "'now'"));

        SavantMessage sent = job.sent().get(0);
        FrameHeader frame = sent.header().orElseThrow();
        assertThat(frame.sourceId()).isEqualTo("result");
        assertThat(job.messages().get(0).message().sourceId()).contains("result");
        assertThat(frame.pts()).isEqualTo(40);
        assertThat(frame.dts()).hasValue(7);
        assertThat(SavantSamples.attributes(sent))
                .extracting(Attribute::getName)
                .containsExactly("name");
        assertThat(((VideoFrame) sent.frame().orElseThrow().message()).getObjectsList())
                .containsExactly(SavantSamples.object(1).build());
        assertThat(job.messages().get(0).data()).containsExactly(RecordedSource.data(0));
        assertThat(sent.protocolVersion()).isEqualTo("1.15.7");
    }

    @Test
    @DisplayName("RP74 RP89 a stored end of stream is sent again with the resulting id, and does not wait")
    void storedEndOfStream() {
        camera.block(1);
        camera.endOfStream();
        camera.frame(false, 20);
        ObjectNode request = paced(request(0, "{'frame_count': 2}"), 20, 20);
        SteppedJob job = run(request);

        assertThat(job.frames()).containsExactly(0L, -1L, 1L);
        assertThat(job.sent().get(1).sourceId()).contains("result");
        assertThat(job.milliseconds()).containsExactly(20L, 20L, 40L);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("RP75 RP76 skipped ends of streams, user data and rubbish are stepped over, paced and not")
    void steppedOver(boolean paced) {
        camera.block(1);
        camera.userData();
        camera.endOfStream();
        camera.rubbish();
        camera.frame(false);
        ObjectNode request = request(0, "{'frame_count': 2}");
        JobSamples.configuration(request).put("skip_intermediary_eos", true).put("ts_sync", paced);

        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.frames()).containsExactly(0L, 1L);
            assertThat(job.stream().skipped()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("RP77 send_eos sends exactly one end of stream after the regular end")
    void finalEndOfStream() {
        recordBlocks(1, 3);
        ObjectNode request = request(0, "{'frame_count': 2}");
        JobSamples.configuration(request).put("send_eos", true);

        SteppedJob job = run(request);

        assertThat(job.frames()).containsExactly(0L, 1L, -1L);
        assertThat(job.sent().get(2).routingLabels()).isEmpty();
    }

    @Test
    @DisplayName("RP77 after a failure, or a cancellation, there is no end of stream")
    void noFinalEndOfStream() {
        recordBlocks(1, 3);
        ObjectNode request = request(0, NEVER);
        JobSamples.configuration(request).put("send_eos", true);
        try (SteppedJob failed = new SteppedJob(camera.store(), request);
                SteppedJob cancelled = new SteppedJob(camera.store(), request)) {
            assertThat(failed.run().state()).isEqualTo(JobState.FAILED);
            assertThat(failed.frames()).containsExactly(0L, 1L, 2L);

            cancelled.runUntilSent(1).stream().end(JobOutcome.cancelled("deleted"));
            assertThat(cancelled.run().state()).isEqualTo(JobState.CANCELLED);
            assertThat(cancelled.frames()).containsExactly(0L);
        }
    }

    @Test
    @DisplayName("RP77 RP83 a final end of stream that is not taken fails the job")
    void finalEndOfStreamIsNotTaken() {
        recordBlocks(1, 1);
        ObjectNode request = request(0, "'now'");
        JobSamples.configuration(request).put("send_eos", true);
        JobSamples.duration(JobSamples.configuration(request), "max_delivery_duration", 300);
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            JobStream stream = job.runUntilSent(1).stream();
            assertThat(stream.next(job.now())).isInstanceOf(JobStep.Send.class);
            job.pass(301);

            assertThat(stream.next(job.now())).isInstanceOfSatisfying(JobStep.End.class, end -> assertThat(
                            end.outcome().reason().orElseThrow())
                    .contains("not delivered within PT0.3S"));
        }
    }

    @Test
    @DisplayName("RP79 attributes are added to each frame")
    void attributes() {
        recordBlocks(1, 2);
        ObjectNode request = withAttribute(request(0, "{'frame_count': 2}"), "name");

        assertThat(run(request).sent()).allSatisfy(message -> assertThat(SavantSamples.attributes(message))
                .extracting(Attribute::getName)
                .containsExactly("name"));
    }

    @Test
    @DisplayName("RP79 D-33 a collision of attributes fails the job, unless it says what to do")
    void collision() {
        camera.append(true, camera.frame(0).addAttributes(SavantSamples.attribute("job", "name", "stored")));
        ObjectNode request = withAttribute(request(0, "'now'"), "name");

        assertFails(request, "job.name is there already");
        assertThat(run(request.put("attribute_collision", "keep")).sent()).hasSize(1);
    }

    @Test
    @DisplayName("RP80 metadata only: no data frames, the content is as stored")
    void metadataOnly() {
        recordBlocks(1, 1);
        ObjectNode request = request(0, "'now'");
        JobSamples.configuration(request).put("send_metadata_only", true);
        SteppedJob job = run(request);

        assertThat(job.messages().get(0).data()).isEmpty();
        assertThat(((VideoFrame) job.sent().get(0).frame().orElseThrow().message())
                        .getExternal()
                        .getMethod())
                .isEqualTo("zeromq");
    }

    @Test
    @DisplayName(
            "RP82 nothing new for longer than max_idle_duration fails the job; the clock restarts with each message")
    void idle() {
        camera.block(1);
        ObjectNode request = request(0, NEVER);
        JobSamples.duration(JobSamples.configuration(request), "max_idle_duration", 1_000);
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            job.runUntilSent(1);
            for (int i = 0; i < 5; i++) {
                assertThat(job.stream().next(job.now())).isInstanceOf(JobStep.Wait.class);
                job.pass(900);
                camera.frame(false);
                job.runUntilSent(2 + i);
            }
            assertThat(job.stream().next(job.now())).isInstanceOf(JobStep.Wait.class);
            job.pass(1_001);
            camera.frame(false); // too late

            assertThat(job.run().reason().orElseThrow()).contains("nothing new of cam-1 within PT1S");
            assertThat(job.frames()).hasSize(6);
        }
    }

    @Test
    @DisplayName("RP83 a message that is refused is handed over again, until max_delivery_duration is over")
    void sinkGone() {
        recordBlocks(1, 1);
        ObjectNode request = request(0, NEVER);
        JobSamples.duration(JobSamples.configuration(request), "max_delivery_duration", 300);
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            int attempts = 0;
            JobStep step = job.stream().next(job.now());
            while (!(step instanceof JobStep.End)) {
                if (step instanceof JobStep.Send) {
                    attempts++;
                    job.stream().answered(SendResult.failed("nobody there"), job.now());
                } else {
                    job.pass(1);
                }
                step = job.stream().next(job.now());
            }
            assertThat(attempts).isGreaterThan(3);
            assertThat(((JobStep.End) step).outcome().reason().orElseThrow())
                    .contains("PT0.3S")
                    .contains("nobody there");
            job.stream().answered(SendResult.of(1), job.now()); // an answer that comes later
            assertThat(job.stream().state()).isEqualTo(JobState.FAILED);
        }
    }

    @Test
    @DisplayName(
            "frames that wait for nothing go together, first one, then more, fewer when the sink leaves some, which"
                    + " go again")
    void together() {
        recordBlocks(4, 25);
        try (SteppedJob job = new SteppedJob(camera.store(), request(0, "{'frame_count': 90}"))) {
            JobStream stream = job.stream();
            List<Integer> sizes = new ArrayList<>();
            JobStep step = stream.next(job.now());
            while (step instanceof JobStep.Send send) {
                int taken = send.messages().size() < 32 ? send.messages().size() : 16;
                sizes.add(send.messages().size());
                job.take(send.messages().subList(0, taken));
                stream.answered(SendResult.of(taken), job.now());
                step = stream.next(job.now());
            }

            assertThat(step).isInstanceOf(JobStep.End.class);
            assertThat(sizes).containsExactly(1, 2, 4, 8, 16, 32, 16, 27);
            assertThat(job.frames())
                    .containsExactlyElementsOf(LongStream.range(0, 90).boxed().toList());
            assertThat(stream.checkpoint().orElseThrow().frames()).isEqualTo(90);
            assertThat(stream.checkpoint().orElseThrow().position()).isEqualTo(90);
        }
    }

    @Test
    @DisplayName("no batch goes beyond the stop condition, also one that comes on the way")
    void togetherUntilTheStop() {
        recordBlocks(1, 60);
        try (SteppedJob job = new SteppedJob(camera.store(), request(0, NEVER))) {
            JobStream stream = job.runUntilSent(31).stream();
            assertThat(((JobStep.Send) stream.next(job.now())).messages()).hasSize(29);
            stream.answered(SendResult.failed("busy"), job.now());
            stream.replaceStopCondition(new StopCondition.FrameCount(3), job.now());

            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.frames()).hasSize(34);
        }
    }

    @Test
    @DisplayName("RP86 what was read before a frame that fails the job is sent first")
    void togetherUntilTheFailure() {
        recordBlocks(1, 20);
        camera.append(false, camera.frame(0));
        ObjectNode request = request(0, NEVER);
        JobSamples.configuration(request).put("stop_on_incorrect_ts", true);
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            assertThat(job.run().reason().orElseThrow()).contains("is before that of the frame before");
            assertThat(job.frames()).hasSize(20);
        }
    }

    @Test
    @DisplayName("ends of streams go alone, for they are answered, and so does each frame to a REQ sink")
    void alone() {
        recordBlocks(1, 10);
        camera.endOfStream();
        recordBlocks(1, 10);
        ObjectNode request = request(0, "{'frame_count': 20}");
        JobSamples.configuration(request).put("skip_intermediary_eos", false);
        assertThat(batches(request)).contains(List.of(-1L)).anySatisfy(batch -> assertThat(batch)
                .hasSizeGreaterThan(2));
        request.withObject("/sink").put("url", "req+connect:tcp://127.0.0.1:1");
        assertThat(batches(request)).hasSize(21).allSatisfy(batch -> assertThat(batch)
                .hasSize(1));
    }

    private List<List<Long>> batches(ObjectNode request) {
        List<List<Long>> batches = new ArrayList<>();
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            int before = 0;
            while (job.step().isEmpty()) {
                if (job.frames().size() > before) {
                    batches.add(job.frames().subList(before, job.frames().size()));
                    before = job.frames().size();
                }
            }
        }
        return batches;
    }

    @Test
    @DisplayName("RP84 RP85 at the live edge a job follows what is recorded, in order; holes are stepped over at once")
    void liveEdge() {
        for (int i = 0; i < 4; i++) {
            camera.block(5);
        }
        camera.store().delete("cam-1", 5, 14);
        try (SteppedJob job = new SteppedJob(camera.store(), request(0, "{'frame_count': 12}"))) {
            long begin = job.now();
            job.runUntilSent(10);
            assertThat(job.now()).isEqualTo(begin);
            assertThat(job.stream().next(job.now())).isInstanceOf(JobStep.Wait.class);
            assertThat(job.stream().waitsForEntries()).isTrue();
            camera.frame(false);
            camera.frame(true);

            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.frames()).containsExactly(0L, 1L, 2L, 3L, 4L, 15L, 16L, 17L, 18L, 19L, 20L, 21L);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "RP86 D-32 a timestamp that goes backward fails a job that stops on it, paced or not; equal ones do not")
    void backwardTimestamp(boolean paced) {
        camera.frame(true, 100);
        camera.frame(false, 100);
        camera.frame(false, 90);
        ObjectNode request = request(0, "{'frame_count': 3}");
        JobSamples.configuration(request).put("ts_sync", paced);
        assertThat(run(request).frames()).containsExactly(0L, 1L, 2L);

        JobSamples.configuration(request).put("stop_on_incorrect_ts", true);
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            assertThat(job.run().reason().orElseThrow()).contains("90");
            assertThat(job.frames()).containsExactly(0L, 1L);
        }
    }

    @Test
    @DisplayName("RP86 the decoding time is preferred to the presentation time")
    void decodingTime() {
        camera.append(true, camera.frame(100).setDts(1));
        camera.append(false, camera.frame(50).setDts(2));
        ObjectNode request = request(0, "{'frame_count': 2}");
        JobSamples.configuration(request).put("stop_on_incorrect_ts", true);

        assertThat(run(request).frames()).containsExactly(0L, 1L);
    }

    @ParameterizedTest
    @CsvSource({"20, 33, 33, 10, 660", "20, 20, 1000, 10, 400", "20, 1, 20, 30, 381"})
    @DisplayName("RP87 paced: gaps are the difference of the timestamps within the bounds of the job")
    void paced(int frames, long min, long max, long spacing, long lastAt) {
        for (int i = 0; i < frames; i++) {
            camera.frame(i == 0, i * spacing);
        }
        SteppedJob job = run(paced(request(0, "{'frame_count': " + frames + "}"), min, max));

        assertThat(job.milliseconds().get(frames - 1)).isEqualTo(lastAt);
    }

    @Test
    @DisplayName(
            "RP88 D-14 a frame that goes backward, or whose time base is senseless, waits the fix duration, clamped")
    void fixDuration() {
        camera.frame(true, 1_000);
        camera.frame(false, 10);
        camera.append(false, camera.frame(20).setTimeBaseDenominator(0));
        camera.frame(false, 30);
        ObjectNode request = paced(request(0, "{'frame_count': 4}"), 5, 25);

        assertThat(run(request).milliseconds()).containsExactly(5L, 30L, 55L, 65L);
    }

    @Test
    @DisplayName("RP90 fast: 1000 frames without any wait")
    void fast() {
        camera.block(1_000);
        SteppedJob job = run(request(0, "{'frame_count': 1000}"));

        assertThat(job.frames())
                .containsExactlyElementsOf(LongStream.range(0, 1_000).boxed().toList());
        assertThat(job.milliseconds()).containsOnly(0L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'now' | 1",
                "{'frame_count': 1} | 1",
                "{'frame_count': 7} | 7",
                "{'key_frame_count': 1} | 1",
                "{'key_frame_count': 3} | 11",
                "{'last_frame': {'uuid': '019b76da-a83c-7000-8000-000000000006'}} | 7",
                "{'last_frame': {'uuid': '019b76da-a83d-7000-8000-000000000000'}} | 8",
                "{'ts_delta_sec': {'max_delta_sec': 0.05}} | 7"
            },
            quoteCharacter = '~')
    @DisplayName("RP91 RP92 RP93 stop conditions end the job with the frame that fulfils them")
    void stopConditions(String condition, int frames) {
        recordBlocks(4, 5);

        assertThat(run(request(0, condition)).frames())
                .containsExactlyElementsOf(LongStream.range(0, frames).boxed().toList());
    }

    @Test
    @DisplayName("RP94 real time counts from the start of streaming, and is looked at when a frame was sent")
    void realTime() {
        recordBlocks(1, 10);
        SteppedJob job = run(paced(request(0, "{'real_time_delta_ms': {'configured_delta_ms': 100}}"), 30, 30));

        assertThat(job.frames()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'now' | 1",
                "{'frame_count': 2} | 2",
                "{'key_frame_count': 1} | 3",
                "{'last_frame': {'uuid': '019b76da-a83c-7000-8000-000000000006'}} | 5",
                "{'ts_delta_sec': {'max_delta_sec': 0.025}} | 4",
                "{'real_time_delta_ms': {'configured_delta_ms': 25}} | 2"
            },
            quoteCharacter = '~')
    @DisplayName("RP95 D-4 a stop condition that takes the place of another one counts from there")
    void replacedCondition(String condition, int more) {
        recordBlocks(4, 4);
        try (SteppedJob job = new SteppedJob(camera.store(), paced(request(0, NEVER), 20, 20))) {
            job.runUntilSent(2);
            assertThat(job.stream().replaceStopCondition(StopCondition.read(Json.of(condition)), job.now()))
                    .isTrue();

            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.frames()).hasSize(2 + more);
            assertThat(job.stream().replaceStopCondition(StopCondition.Fixed.NOW, job.now()))
                    .isFalse();
        }
    }

    @Test
    @DisplayName("RP95 'never' in the place of a condition goes on until the source is idle")
    void replacedByNever() {
        recordBlocks(1, 6);
        try (SteppedJob job = new SteppedJob(camera.store(), request(0, "{'frame_count': 3}"))) {
            job.runUntilSent(1).stream().replaceStopCondition(StopCondition.Fixed.NEVER, job.now());

            assertThat(job.run().state()).isEqualTo(JobState.FAILED);
            assertThat(job.frames()).hasSize(6);
        }
    }

    @Test
    @DisplayName("RP97 the condition that is shown counts what is left")
    void remaining() {
        recordBlocks(1, 10);
        try (SteppedJob job = new SteppedJob(camera.store(), request(0, "{'frame_count': 8}"))) {
            job.runUntilSent(3);

            assertThat(job.stream().stopCondition()).contains(new StopCondition.FrameCount(5));
        }
    }

    @Test
    @DisplayName("RP107 D-13 whatever is thrown in a job is how it ends")
    void anythingThrown() {
        recordBlocks(1, 2);
        try (SteppedJob job = new SteppedJob(camera.store(), request(0, NEVER))) {
            camera.close();

            JobOutcome outcome = job.run();
            assertThat(outcome.state()).isEqualTo(JobState.FAILED);
            assertThat(outcome.reason().orElseThrow()).contains("is closed");
        } finally {
            camera = new RecordedSource(directory, "cam-1");
        }
    }

    @Test
    @DisplayName("RX6 a paused job stands still: nothing times out, nothing is caught up")
    void paused() {
        recordBlocks(1, 3);
        ObjectNode request = paced(request(0, "{'real_time_delta_ms': {'configured_delta_ms': 55}}"), 20, 20);
        JobSamples.duration(JobSamples.configuration(request), "max_idle_duration", 100);
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            job.runUntilSent(2).stream().pause(job.now());
            assertThat(job.stream().state()).isEqualTo(JobState.PAUSED);
            assertThat(job.stream().next(job.now())).isInstanceOf(JobStep.Wait.class);
            job.pass(60_000);
            job.stream().resume(job.now());

            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.milliseconds()).containsExactly(20L, 40L, 60_060L);
        }
    }

    @Test
    @DisplayName("RX6 a message on its way arrives in a pause; one that was refused waits for its end")
    void pausedInDelivery() {
        recordBlocks(1, 3);
        try (SteppedJob job = new SteppedJob(camera.store(), request(0, "{'frame_count': 2}"))) {
            JobStream stream = job.stream();
            assertThat(stream.next(job.now())).isInstanceOf(JobStep.Send.class);
            stream.pause(job.now());
            stream.answered(SendResult.of(1), job.now());
            assertThat(stream.checkpoint().orElseThrow().frames()).isEqualTo(1);
            stream.resume(job.now());
            assertThat(stream.next(job.now())).isInstanceOf(JobStep.Send.class);
            stream.pause(job.now());
            stream.answered(SendResult.failed("busy"), job.now());
            job.pass(60_000);
            assertThat(stream.next(job.now())).isInstanceOf(JobStep.Wait.class);
            stream.resume(job.now());

            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
        }
    }

    @Test
    @DisplayName("RX6 the speed can be given, and changed on the way")
    void speed() {
        for (int i = 0; i < 5; i++) {
            camera.frame(i == 0, i * 100);
        }
        ObjectNode request = paced(request(0, "{'frame_count': 5}"), 0, 1_000);
        request.set("pacing", Json.of("{'speed': 2}"));
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            job.runUntilSent(3).stream().setSpeed(0.5);
            job.run();

            assertThat(job.milliseconds()).containsExactly(0L, 50L, 100L, 300L, 500L);
        }
    }

    @Test
    @DisplayName("RX6 a job goes on elsewhere, forward or back; its condition counts on, its pace begins anew")
    void seek() {
        recordBlocks(6, 3);
        ObjectNode request = paced(request(0, "{'frame_count': 9}"), 20, 20);
        request.withObject("/configuration").put("stop_on_incorrect_ts", true);
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            assertThat(job.runUntilSent(2).stream().seek(job.stream().part(), 12, job.now()))
                    .isTrue();
            job.runUntilSent(5).stream().pause(job.now());
            assertThat(job.stream().seek(job.stream().part(), 3, job.now())).isTrue();
            assertThat(job.stream().checkpoint().orElseThrow().position()).isEqualTo(3);
            job.stream().resume(job.now());

            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.frames()).containsExactly(0L, 1L, 12L, 13L, 14L, 3L, 4L, 5L, 6L);
            assertThat(job.milliseconds()).containsExactly(20L, 40L, 60L, 80L, 100L, 120L, 140L, 160L, 180L);
            assertThat(job.stream().seek(job.stream().part(), 3, job.now())).isFalse();
        }
    }

    @Test
    @DisplayName("RX6 a seek waits for what is on its way, puts aside what was refused, and needs no anchor")
    void seekInDelivery() {
        recordBlocks(6, 3);
        try (SteppedJob job = new SteppedJob(camera.store(), request(0, "{'frame_count': 3}"))) {
            JobStream stream = job.stream();
            assertThat(stream.next(job.now())).isInstanceOf(JobStep.Send.class);
            stream.seek(stream.part(), 9, job.now());
            assertThat(stream.next(job.now())).isInstanceOf(JobStep.Wait.class);
            stream.answered(SendResult.of(1), job.now());
            assertThat(stream.checkpoint().orElseThrow())
                    .extracting(JobCheckpoint::position, JobCheckpoint::frames)
                    .containsExactly(9L, 1L);
            assertThat(stream.next(job.now())).isInstanceOf(JobStep.Send.class);
            stream.answered(SendResult.failed("busy"), job.now());
            stream.seek(stream.part(), 12, job.now());

            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.frames()).containsExactly(12L, 13L);
        }
        ObjectNode request = request(1_000, "'now'");
        request.set("anchor_wait_duration", Json.of("{'secs': 60, 'nanos': 0}"));
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            assertThat(job.stream().next(job.now())).isInstanceOf(JobStep.Wait.class);
            job.stream().seek(job.stream().part(), 6, job.now());

            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.frames()).containsExactly(6L);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("RX6 a paused job goes step by step, without waiting for the time of the frames")
    void steps(boolean paced) {
        recordBlocks(2, 10);
        ObjectNode request = paced(request(0, "{'frame_count': 12}"), 20, 20);
        JobSamples.configuration(request).put("ts_sync", paced);
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            JobStream stream = job.runUntilSent(1).stream();
            assertThat(stream.step(1, job.now())).isFalse();
            stream.pause(job.now());
            long begin = job.now();
            assertThat(stream.step(5, job.now())).isTrue();
            job.runUntilSent(6);
            assertThat(stream.next(job.now())).isInstanceOf(JobStep.Wait.class);
            stream.step(1, job.now());
            job.runUntilSent(7);
            assertThat(job.now()).isEqualTo(begin);
            assertThat(stream.state()).isEqualTo(JobState.PAUSED);
            assertThat(stream.next(job.now())).isInstanceOf(JobStep.Wait.class);
            stream.resume(job.now());

            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.frames())
                    .containsExactlyElementsOf(LongStream.range(0, 12).boxed().toList());
        }
    }

    @Test
    @DisplayName(
            "RX4 a playlist: ranges of several sources one after the other, with and without gaps, one end of stream")
    void playlist() {
        recordBlocks(6, 3);
        ObjectNode request = paced(request(12, "{'frame_count': 2}"), 20, 20);
        JobSamples.configuration(request).put("send_eos", true).put("stop_on_incorrect_ts", true);
        addPart(request, 3, "{'key_frame_count': 2}");
        addPart(request, 9, "'now'").set("gap", Json.of("{'secs': 1, 'nanos': 0}"));
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);

            assertThat(job.frames()).containsExactly(12L, 13L, 3L, 4L, 5L, 6L, 9L, -1L);
            assertThat(job.milliseconds()).containsExactly(20L, 40L, 60L, 80L, 100L, 120L, 1_140L, 1_140L);
            assertThat(job.stream().checkpoint().orElseThrow())
                    .extracting(JobCheckpoint::part, JobCheckpoint::frames)
                    .containsExactly(2, 7L);
        }
    }

    @Test
    @DisplayName("RX4 each part waits for its own anchor, and a missing one fails the job by its name")
    void playlistWithoutAnchor() {
        recordBlocks(2, 3);
        ObjectNode request = request(0, "'now'");
        addPart(request, 6, "'now'").set("anchor_wait_duration", Json.of("{'secs': 1, 'nanos': 0}"));
        addPart(request, 0, "'now'").put("stored_stream_id", "cam-gone");
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            job.runUntilSent(1);
            assertThat(job.stream().next(job.now())).isInstanceOf(JobStep.Wait.class);
            assertThat(job.stream().waitsForEntries()).isTrue();
            assertThat(job.stream().state()).isEqualTo(JobState.WAITING);
            camera.block(1);

            assertThat(job.run().reason().orElseThrow()).contains("is no keyframe of cam-gone");
            assertThat(job.frames()).containsExactly(0L, 6L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 6})
    @DisplayName("RX4 RP110 a playlist goes on where it was after a restart, also between two parts")
    void playlistRestarts(int sent) {
        recordBlocks(4, 3);
        ObjectNode request = paced(request(6, "{'frame_count': 3}"), 20, 20);
        addPart(request, 0, "{'frame_count': 4}").set("gap", Json.of("{'secs': 1, 'nanos': 0}"));
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            job.runUntilSent(sent);
            job.step();
            job.restart();

            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.frames()).containsExactly(6L, 7L, 8L, 0L, 1L, 2L, 3L);
        }
    }

    private static ObjectNode addPart(ObjectNode request, int frame, String condition) {
        ObjectNode part = request.withArray("/playlist").addObject();
        part.put("anchor_keyframe", RecordedSource.id(frame).toString());
        part.set("stop_condition", Json.of(condition));
        return part;
    }

    @Test
    @DisplayName("RX22 all parts again and again, over a restart too; 0 is for ever")
    void repeats() {
        recordBlocks(2, 3);
        ObjectNode request = request(0, "{'frame_count': 2}").put("repeat", 3);
        addPart(request, 3, "'now'");
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            job.runUntilSent(5).restart();

            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.frames()).containsExactly(0L, 1L, 3L, 0L, 1L, 3L, 0L, 1L, 3L);
        }
        try (SteppedJob job = new SteppedJob(camera.store(), request.put("repeat", 0))) {
            assertThat(job.runUntilSent(1_000).stream().state()).isEqualTo(JobState.RUNNING);
        }
    }

    @Test
    @DisplayName(
            "RX22 timestamps go on over parts, repeats, holes and what a filter leaves out; the pace is as without")
    void contiguousPts() {
        recordWithHoles();
        ObjectNode request = paced(request(0, "{'frame_count': 5}"), 0, 2_000).put("repeat", 2);
        addPart(request, 4, "{'frame_count': 2}");
        SteppedJob recorded = run(request.deepCopy());
        request.set("contiguous_pts", Json.of("{'start': 0}"));
        SteppedJob contiguous = run(request.deepCopy());
        ObjectNode some = request(0, "{'frame_count': 3}");
        some.set("contiguous_pts", Json.of("{'max_gap': {'secs': 0, 'nanos': 100000000}}"));
        some.set("filter", Json.of("{'every': 2}"));
        SteppedJob filtered = run(some);

        assertThat(pts(recorded))
                .containsExactly(
                        700L, 710L, 9_000L, 9_010L, 100L, 100L, 110L, 700L, 710L, 9_000L, 9_010L, 100L, 100L, 110L);
        assertThat(pts(contiguous))
                .containsExactlyElementsOf(
                        LongStream.range(0, 14).mapToObj(n -> n * 10).toList());
        assertThat(contiguous.frames()).isEqualTo(recorded.frames());
        assertThat(contiguous.milliseconds()).isEqualTo(recorded.milliseconds());
        assertThat(pts(filtered))
                .as("of 0, 2 and 4, with the length of a frame each")
                .containsExactly(700L, 710L, 720L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 6, 7, 8, 13})
    @DisplayName("RX22 RP110 contiguous timestamps go on after a restart, also of what is sent again")
    void contiguousPtsRestart(int sent) {
        recordWithHoles();
        ObjectNode request = request(0, "{'frame_count': 5}").put("repeat", 2);
        addPart(request, 4, "{'frame_count': 2}");
        request.set("contiguous_pts", Json.of("{'start': 0}"));
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            job.runUntilSent(sent);
            job.stream().next(job.now());
            job.restart();
            job.run();

            List<Long> all = pts(job);
            assertThat(all)
                    .containsExactlyElementsOf(
                            LongStream.range(0, 14).mapToObj(n -> n * 10).toList());
        }
    }

    @Test
    @DisplayName("RX22 contiguous timestamps go on after a seek, forward and back, and what was read ahead counts not")
    void contiguousPtsSeek() {
        recordWithHoles();
        ObjectNode request = request(0, "{'frame_count': 5}");
        request.set("contiguous_pts", Json.of("{}"));
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            job.runUntilSent(1);
            assertThat(job.stream().next(job.now())).isInstanceOf(JobStep.Send.class);
            job.stream().answered(SendResult.failed("full"), job.now());
            assertThat(job.stream().seek(job.stream().part(), 4, job.now())).isTrue();
            job.runUntilSent(2);
            assertThat(job.stream().seek(job.stream().part(), 0, job.now())).isTrue();

            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.frames()).containsExactly(0L, 4L, 0L, 1L, 2L);
            assertThat(pts(job)).containsExactly(700L, 710L, 720L, 730L, 740L);
        }
    }

    @Test
    @DisplayName("RX22 RP86 what a recording does wrong fails a job that stops on it, also where it would be mended")
    void contiguousPtsStops() {
        recordWithHoles();
        ObjectNode request = request(0, NEVER);
        request.set("contiguous_pts", Json.of("{}"));
        JobSamples.configuration(request).put("stop_on_incorrect_ts", true);

        assertFails(request, "the timestamp 100 of frame");
    }

    /** Frames of 10 ms: two, a hole, two, and two of another start of the camera. */
    private void recordWithHoles() {
        for (long milliseconds : List.of(700L, 710L, 9_000L, 9_010L, 100L, 110L)) {
            boolean keyframe = milliseconds % 100 == 0;
            camera.append(
                    keyframe, camera.frame(milliseconds).setKeyframe(keyframe).setDuration(10));
        }
    }

    private static List<Long> pts(SteppedJob job) {
        return job.sent().stream()
                .map(message -> message.header().orElseThrow().pts())
                .toList();
    }

    @Test
    @DisplayName("RX22 jobs that start at the same time keep the same time, whenever each is woken")
    void startsTogether() {
        recordBlocks(1, 3);
        ObjectNode request = paced(request(0, "{'frame_count': 3}"), 20, 20);
        request.set("pacing", Json.of("{'on_schedule': true}"));
        for (int late : new int[] {0, 3, 999}) {
            try (SteppedJob job = new SteppedJob(camera.store(), request)) {
                job.stream().startNotBefore(job.now() + TimeUnit.SECONDS.toNanos(5));
                assertThat(job.stream().next(job.now()))
                        .isInstanceOfSatisfying(JobStep.Wait.class, wait -> assertThat(wait.untilNanos())
                                .isEqualTo(job.now() + TimeUnit.SECONDS.toNanos(5)));
                assertThat(job.stream().state()).isEqualTo(JobState.WAITING);
                job.pass(5_000 + late);

                assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
                assertThat(job.milliseconds().get(2)).isEqualTo(Math.max(5_060, 5_000 + late));
            }
        }
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            job.stream().startNotBefore(job.now() + TimeUnit.SECONDS.toNanos(5));
            job.pass(60_000);
            job.run();
            assertThat(job.milliseconds()).containsExactly(60_020L, 60_040L, 60_060L);
        }
    }

    @Test
    @DisplayName("RX6 steps after a long pause: what was refused goes again, the end is waited at without a look")
    void stepsAfterLongPause() {
        recordBlocks(1, 3);
        ObjectNode request = request(0, "{'frame_count': 5}");
        JobSamples.duration(JobSamples.configuration(request), "max_delivery_duration", 300);
        JobSamples.duration(JobSamples.configuration(request), "max_idle_duration", 100);
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            JobStream stream = job.runUntilSent(1).stream();
            assertThat(stream.next(job.now())).isInstanceOf(JobStep.Send.class);
            stream.answered(SendResult.failed("busy"), job.now());
            stream.pause(job.now());
            job.pass(600_000);
            assertThat(stream.step(10, job.now())).isTrue();
            job.runUntilSent(3);
            assertThat(stream.next(job.now()))
                    .isInstanceOfSatisfying(JobStep.Wait.class, wait -> assertThat(wait.untilNanos() - job.now())
                            .isGreaterThan(TimeUnit.DAYS.toNanos(1)));
            camera.frame(false);
            job.runUntilSent(4).pass(600_000);
            stream.resume(job.now());
            camera.frame(false);

            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.frames()).containsExactly(0L, 1L, 2L, 3L, 4L);
        }
    }

    @Test
    @DisplayName("RX4 RX6 steps go from one part to the next without its gap; in between, a job is not over")
    void stepsThroughParts() {
        recordBlocks(2, 3);
        ObjectNode request = paced(request(0, "'now'"), 20, 20);
        addPart(request, 3, "{'frame_count': 2}").set("gap", Json.of("{'secs': 3600, 'nanos': 0}"));
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            JobStream stream = job.stream();
            stream.pause(job.now());
            long begin = job.now();
            stream.step(1, begin);
            job.runUntilSent(1);
            assertThat(stream.part()).isEqualTo(JobSamples.read(request).part(1));
            assertThat(stream.replaceStopCondition(new StopCondition.FrameCount(3), begin))
                    .isTrue();
            stream.step(1, begin);
            job.runUntilSent(2);
            assertThat(job.now()).isEqualTo(begin);
            stream.resume(begin);

            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.frames()).containsExactly(0L, 3L, 4L, 5L);
        }
    }

    @Test
    @DisplayName("RX22 on a schedule, a stall of the sink is caught up with")
    void schedule() {
        for (int i = 0; i < 5; i++) {
            camera.frame(i == 0, i * 100);
        }
        ObjectNode request = paced(request(0, "{'frame_count': 5}"), 0, 1_000);
        request.set("pacing", Json.of("{'on_schedule': true}"));
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            job.runUntilSent(2).pass(250);
            job.run();

            assertThat(job.milliseconds()).containsExactly(0L, 100L, 350L, 350L, 400L);
        }
    }

    @Test
    @DisplayName("RX24 only keyframes, or every third frame; conditions and gaps count what is sent")
    void filtered() {
        recordBlocks(4, 3);
        ObjectNode keyframes = paced(request(0, "{'frame_count': 3}"), 0, 1_000);
        keyframes.set("filter", Json.of("{'keyframes_only': true}"));
        ObjectNode sampled = request(0, "{'frame_count': 3}");
        sampled.set("filter", Json.of("{'every': 4}"));

        SteppedJob job = run(keyframes);
        assertThat(job.frames()).containsExactly(0L, 3L, 6L);
        assertThat(job.milliseconds()).containsExactly(0L, 30L, 60L);
        assertThat(run(sampled).frames()).containsExactly(0L, 4L, 8L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'object': {'labels': ['person']}} | 0 1 4 5 6",
                "{'object': {'labels': ['person', 'car']}} | 0 1 2 4 5 6",
                "{'object': {'labels': ['person'], 'namespace': 'detector'}} | 0 1 4 6",
                "{'object': {'labels': ['person'], 'min_confidence': 0.9}} | 1 4 6",
                "{'object': {'labels': ['car'], 'min_confidence': 0}} | ''",
                "{'object': {'labels': ['Person']}} | ''",
                "{'object': {'labels': ['person']}, 'every': 2} | 0 4 6",
                "{'object': {'labels': ['person']}, 'keyframes_only': true} | 0 4",
                "{'object': {'labels': ['person']}, 'keyframes_only': true, 'every': 2} | 0",
                "{'object': null} | 0 1 2 3 4 5 6 7"
            },
            quoteCharacter = '~')
    @DisplayName("RX24 frames are sent that hold an object with one of the labels; other conditions come on top")
    void filteredByLabel(String filter, String frames) {
        recordObjects(true, person(0.5f));
        recordObjects(false, person(0.9f), SavantSamples.object(2).setLabel("dog"));
        recordObjects(false, SavantSamples.object(1).setLabel("car"));
        recordObjects(false);
        recordObjects(true, person(0.1f), person(1).setId(2).setParentId(1));
        recordObjects(false, SavantSamples.object(1).setNamespace("tracker"));
        recordObjects(false, person(0.9f));
        recordObjects(true);
        camera.endOfStream();
        ObjectNode request = request(0, NEVER);
        JobSamples.duration(JobSamples.configuration(request), "max_idle_duration", 100);
        request.set("filter", Json.of(filter));

        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            job.run();
            assertThat(job.frames().stream()
                            .filter(frame -> frame >= 0)
                            .map(String::valueOf)
                            .collect(Collectors.joining(" ")))
                    .isEqualTo(frames.replace("''", ""));
        }
    }

    @Test
    @DisplayName("RX24 what is left out by label counts for no stop condition, neither waits, nor is it idle time")
    void labelsAndConditions() {
        for (int i = 0; i < 100; i++) {
            recordObjects(i == 0, SavantSamples.object(1).setLabel(i % 10 == 3 ? "person" : "car"));
        }
        ObjectNode request = paced(request(0, "{'frame_count': 3}"), 0, 1_000);
        JobSamples.duration(JobSamples.configuration(request), "max_idle_duration", 1);
        request.set("filter", Json.of("{'object': {'labels': ['person']}}"));

        SteppedJob job = run(request);
        assertThat(job.frames()).containsExactly(3L, 13L, 23L);
        assertThat(job.milliseconds()).containsExactly(0L, 100L, 200L);
    }

    private static VideoObject.Builder person(float confidence) {
        return SavantSamples.object(1).setConfidence(confidence);
    }

    private void recordObjects(boolean keyframe, VideoObject.Builder... objects) {
        VideoFrame.Builder frame = camera.frame(recorded++ * 10).setKeyframe(keyframe);
        Stream.of(objects).forEach(frame::addObjects);
        camera.append(keyframe, frame);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'frame_count': 7} | 7",
                "{'key_frame_count': 3} | 7",
                "{'ts_delta_sec': {'max_delta_sec': 0.045}} | 6",
                "{'real_time_delta_ms': {'configured_delta_ms': 90}} | 5"
            },
            quoteCharacter = '~')
    @DisplayName("RP110 RX1 a job goes on after a restart: nothing is left out, its condition counts on")
    void restart(String condition, int frames) {
        recordBlocks(5, 3);
        try (SteppedJob job = new SteppedJob(camera.store(), paced(request(0, condition), 20, 20))) {
            job.runUntilSent(2).restart();
            job.runUntilSent(4).restart();

            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.frames())
                    .containsExactlyElementsOf(
                            LongStream.range(0, frames).boxed().toList());
            assertThat(job.stream().checkpoint().orElseThrow().frames()).isEqualTo(frames);
        }
    }

    @Test
    @DisplayName("RP110 what was on its way at a restart is sent again, and the final end of stream too")
    void restartInDelivery() {
        recordBlocks(2, 2);
        ObjectNode request = request(0, "{'frame_count': 2}");
        JobSamples.configuration(request).put("send_eos", true);
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            job.runUntilSent(1);
            assertThat(job.stream().next(job.now())).isInstanceOf(JobStep.Send.class);
            job.restart();
            job.runUntilSent(2);
            assertThat(job.stream().next(job.now())).isInstanceOf(JobStep.Send.class);
            assertThat(job.stream().stopCondition()).isEmpty();
            job.restart();

            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            assertThat(job.frames()).containsExactly(0L, 1L, -1L);
        }
    }

    @Test
    @DisplayName("A paced job whose first entry is no frame fails; a fast one goes on")
    void firstEntryIsNoFrame() throws Exception {
        camera.endOfStream();
        camera.block(2);
        ObjectNode request = request(0, "'now'");
        JobPlan fast = new JobPlan(
                camera.store(), JobSamples.read(request), SteppedJob.VERSIONS, 1 << 20, new AtomicInteger());
        JobPlan paced = new JobPlan(
                camera.store(),
                JobSamples.read(paced(request, 0, 0)),
                SteppedJob.VERSIONS,
                1 << 20,
                new AtomicInteger());

        JobCheckpoint start = JobCheckpoint.startingAt(0, new StopCondition.FrameCount(1));

        assertThat(fast.feed(fast.request().part(0), start, true).next(0)).isPresent();
        assertThatThrownBy(
                        () -> paced.feed(paced.request().part(0), start, true).next(0))
                .hasMessageContaining("index 0 of cam-1");
        assertThat(paced.feed(paced.request().part(0), start, false).next(0)).isPresent();
    }

    @Test
    @DisplayName("RP82 durations of centuries are as good as for ever")
    void forEver() {
        recordBlocks(1, 1);
        ObjectNode request = request(0, "'now'");
        ObjectNode configuration = JobSamples.configuration(request);
        for (String name : List.of("max_idle_duration", "max_delivery_duration", "max_duration")) {
            configuration.set(name, Json.of("{'secs': 18446744073709551615, 'nanos': 4294967295}"));
        }
        request.set("anchor_wait_duration", Json.of("{'secs': 18446744073709551615, 'nanos': 0}"));

        assertThat(run(request).frames()).containsExactly(0L);
        assertThat(Duration.ofNanos(MonotonicTime.FOR_EVER).toDays()).isGreaterThan(20_000);
    }

    private void recordBlocks(int count, int length) {
        for (int i = 0; i < count; i++) {
            camera.block(length);
        }
    }

    private static ObjectNode request(long anchor, String stopCondition) {
        return JobSamples.request("cam-1", RecordedSource.id(anchor), stopCondition);
    }

    private static ObjectNode paced(ObjectNode request, long min, long max) {
        ObjectNode configuration = JobSamples.configuration(request);
        configuration.put("ts_sync", true);
        JobSamples.duration(configuration, "min_duration", min);
        JobSamples.duration(configuration, "max_duration", max);
        return request;
    }

    private static ObjectNode withAttribute(ObjectNode request, String name) {
        request.withArray("attributes")
                .add(AttributeJson.write(
                        SavantSamples.attribute("job", name, "added").build()));
        return request;
    }

    private SteppedJob run(ObjectNode request) {
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            assertThat(job.run()).isEqualTo(JobOutcome.COMPLETED);
            return job;
        }
    }

    private void assertFails(ObjectNode request, String reason) {
        try (SteppedJob job = new SteppedJob(camera.store(), request)) {
            JobOutcome outcome = job.run();
            assertThat(outcome.state()).isEqualTo(JobState.FAILED);
            assertThat(outcome.reason().orElseThrow()).contains(reason);
        }
    }

    @Test
    @DisplayName("a job counts among those that read from its first entry to its end")
    void countsAsReader() {
        recordBlocks(1, 5);
        AtomicInteger readers = new AtomicInteger();
        JobPlan plan = new JobPlan(
                camera.store(),
                JobSamples.read(request(0, "{'frame_count': 1}")),
                SteppedJob.VERSIONS,
                1 << 20,
                readers);
        JobStream stream = new JobStream(plan, 0);
        assertThat(readers.get()).isZero();

        assertThat(stream.next(0)).isInstanceOf(JobStep.Send.class);
        assertThat(readers.get()).isEqualTo(1);
        stream.close();
        stream.close();

        assertThat(readers.get()).isZero();
    }
}
