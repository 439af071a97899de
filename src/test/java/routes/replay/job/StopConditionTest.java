package routes.replay.job;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.replay.Json;
import routes.replay.SavantSamples;
import routes.replay.protocol.FrameHeader;
import routes.replay.protocol.FrameId;
import routes.replay.protocol.TimeBase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StopConditionTest {

    private static final TimeBase MILLISECONDS = new TimeBase(1, 1_000);

    @Test
    @DisplayName("RP91 now sends one frame, frame_count n sends n, never goes on")
    void counts() {
        assertThat(framesOf("'now'", SavantSamples::header)).isEqualTo(1);
        assertThat(framesOf("{'now':null}", SavantSamples::header)).isEqualTo(1);
        assertThat(framesOf("{'frame_count':1}", SavantSamples::header)).isEqualTo(1);
        assertThat(framesOf("{'frame_count':25}", SavantSamples::header)).isEqualTo(25);
        assertThat(framesOf("'never'", SavantSamples::header)).isEqualTo(1_000);
    }

    @Test
    @DisplayName("RP91 key_frame_count n ends on the n-th keyframe")
    void keyFrameCount() {
        LongFunction<FrameHeader> everyTenth = i -> frame(i, MILLISECONDS, i % 10 == 0);

        assertThat(framesOf("{'key_frame_count':1}", everyTenth)).isEqualTo(1);
        assertThat(framesOf("{'key_frame_count':3}", everyTenth)).isEqualTo(21);
    }

    @Test
    @DisplayName("RP92 last_frame ends with the first frame that is not below, made-up id or not, unsigned")
    void lastFrame() {
        LongFunction<FrameHeader> rising =
                i -> SavantSamples.header(i, MILLISECONDS, true, new FrameId(0x7FFF_FFFF_FFFF_FFFAL + i, 5));

        assertThat(framesOf("{'last_frame':{'uuid':'" + new FrameId(0x7FFF_FFFF_FFFF_FFFCL, 5) + "'}}", rising))
                .isEqualTo(3);
        assertThat(framesOf("{'last_frame':{'uuid':'" + new FrameId(0x7FFF_FFFF_FFFF_FFFCL, 6) + "'}}", rising))
                .isEqualTo(4);
        assertThat(framesOf("{'last_frame':{'uuid':'80000000000000000000000000000000'}}", rising))
                .isEqualTo(7);
    }

    @Test
    @DisplayName("RP93 ts_delta_sec is strictly greater, from the first frame, in the frame's time base")
    void timestampDelta() {
        assertThat(framesOf("{'ts_delta_sec':{'max_delta_sec':0.5}}", i -> frame(7_000 + 100 * i, MILLISECONDS, true)))
                .as("0.5 s is not yet more")
                .isEqualTo(7);
        assertThat(framesOf(
                        "{'ts_delta_sec':{'max_delta_sec':1}}", i -> frame(3_600 * i, new TimeBase(1, 90_000), true)))
                .isEqualTo(27);
        assertThat(framesOf("{'ts_delta_sec':{'max_delta_sec':1}}", i -> frame(-5_000 * i, MILLISECONDS, true)))
                .as("earlier ones never end it")
                .isEqualTo(1_000);
        assertThat(framesOf("{'ts_delta_sec':{'max_delta_sec':1}}", i -> frame(i, new TimeBase(1, 0), true)))
                .as("a time base without length never ends it")
                .isEqualTo(1_000);
    }

    @Test
    @DisplayName("RP94 real_time_delta_ms counts whole milliseconds from the start of streaming")
    void realTimeDelta() {
        StopCondition condition = StopCondition.read(Json.of("{'real_time_delta_ms':{'configured_delta_ms':100}}"))
                .startedAt(ms(1_000));

        assertThat(condition.after(SavantSamples.header(0), ms(1_100))).isPresent();
        assertThat(condition.after(SavantSamples.header(0), ms(1_101) - 1)).isPresent();
        assertThat(condition.after(SavantSamples.header(0), ms(1_101))).isEmpty();
    }

    @Test
    @DisplayName("RP95 a condition that replaces another starts afresh, even when nobody tells it to start")
    void replaced() {
        StopCondition condition = StopCondition.read(Json.of("{'real_time_delta_ms':{'configured_delta_ms':100}}"));

        StopCondition started =
                condition.after(SavantSamples.header(0), ms(5_000)).orElseThrow();
        assertThat(started.after(SavantSamples.header(0), ms(5_100))).isPresent();
        assertThat(started.after(SavantSamples.header(0), ms(5_101))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'now'",
                "'never'",
                "{'last_frame':{'uuid':'019b76da-a800-7000-8000-000000000001'}}",
                "{'frame_count':250}",
                "{'key_frame_count':2}",
                "{'ts_delta_sec':{'max_delta_sec':1.5}}",
                "{'real_time_delta_ms':{'configured_delta_ms':0}}"
            })
    @DisplayName("RP95 RP97 all seven kinds are read and shown alike")
    void json(String text) {
        assertThat(StopCondition.read(Json.of(text)).toJson())
                .hasToString(Json.of(text).toString());
    }

    @Test
    @DisplayName("RP97 listings show what is left")
    void remaining() {
        StopCondition condition = StopCondition.read(Json.of("{'frame_count':250}"));
        for (int i = 0; i < 100; i++) {
            condition = condition.after(SavantSamples.header(i), 0).orElseThrow();
        }

        assertThat(condition.toJson()).hasToString("{\"frame_count\":150}");
        assertThat(StopCondition.read(Json.of("{'key_frame_count':2}"))
                        .after(SavantSamples.header(0), 0)
                        .map(StopCondition::toJson)
                        .map(Object::toString))
                .contains("{\"key_frame_count\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'frame_count':0}",
                "{'key_frame_count':0}",
                "{'frame_count':-1}",
                "{'frame_count':1.5}",
                "{'frame_count':'1'}",
                "{'last_frame':{'uuid':'no'}}",
                "{'last_frame':{}}",
                "{'last_frame':'019b76da-a800-7000-8000-000000000001'}",
                "{'real_time_delta_ms':{'configured_delta_ms':-1}}",
                "{'ts_delta_sec':{'max_delta_sec':null}}",
                "{'ts_delta_sec':{'max_delta_sec':1e999}}",
                "{'now':1}",
                "'soon'",
                "{'frame_count':1,'key_frame_count':1}",
                "{}",
                "[]",
                "null",
                "7"
            })
    @DisplayName("RP96 counts of zero, ids that are none, and what is no condition are refused")
    void refused(String text) {
        assertThatThrownBy(() -> StopCondition.read(Json.of(text)))
                .isInstanceOfAny(IllegalArgumentException.class, routes.platform.InvalidInputException.class);
    }

    /** How many frames a job sends, out of a thousand. */
    private static int framesOf(String condition, LongFunction<FrameHeader> frames) {
        Optional<StopCondition> left =
                Optional.of(StopCondition.read(Json.of(condition)).startedAt(0));
        int sent = 0;
        while (left.isPresent() && sent < 1_000) {
            left = left.get().after(frames.apply(sent), 0);
            sent++;
        }
        return sent;
    }

    private static FrameHeader frame(long timestamp, TimeBase timeBase, boolean keyframe) {
        return SavantSamples.header(timestamp, timeBase, keyframe, SavantSamples.ID);
    }

    private static long ms(long milliseconds) {
        return TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }
}
