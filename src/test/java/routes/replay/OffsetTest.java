package routes.replay;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OffsetTest {

    /** The anchor has log index 4, and keyframes are 10 ms apart. */
    private static final List<Keyframe> BACKWARD = LongStream.rangeClosed(0, 4)
            .map(back -> 4 - back)
            .mapToObj(index -> keyframe(index, 1_000_000_000L + 10_000_000 * index))
            .toList();

    @ParameterizedTest
    @CsvSource({"0, 4", "1, 3", "2, 2", "4, 0", "5, 0", "9223372036854775807, 0"})
    @DisplayName("RP63 RP64 blocks count keyframes before the anchor, down to the oldest")
    void blocks(long blocks, long index) {
        assertThat(start("{'blocks':" + blocks + "}")).isEqualTo(index);
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "0.005, 3", "0.01, 2", "0.015, 2", "0.039, 0", "3600, 0"})
    @DisplayName("RP64 RP65 seconds go back to the first keyframe that is more than that older")
    void seconds(String seconds, long index) {
        assertThat(start("{'seconds':" + seconds + "}")).isEqualTo(index);
    }

    @Test
    @DisplayName("RP65 a keyframe newer than the anchor, after a clock was set back, ends the search")
    void clockSetBack() {
        List<Keyframe> backward = List.of(keyframe(2, 50), keyframe(1, 60), keyframe(0, 0));

        assertThat(new Offset.Seconds(1).start(backward.iterator()).index()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'seconds':-0.1}",
                "{'seconds':1e300}",
                "{'seconds':1e999}",
                "{'seconds':9223372037}",
                "{'seconds':'1'}",
                "{'seconds':null}",
                "{'blocks':-1}",
                "{'blocks':1.5}",
                "{'frames':1}",
                "{'blocks':1,'seconds':1}",
                "'blocks'",
                "1"
            })
    @DisplayName("RP67 negative and absurd offsets are refused")
    void refused(String json) {
        assertThatThrownBy(() -> Offset.read(Json.of(json)))
                .isInstanceOfAny(IllegalArgumentException.class, routes.platform.InvalidInputException.class);
    }

    @Test
    void asJson() {
        assertThat(Offset.read(Json.of("{'blocks':2}")).toJson())
                .hasToString(Json.of("{'blocks':2}").toString());
        assertThat(Offset.read(Json.of("{'seconds':3}")).toJson())
                .hasToString(Json.of("{'seconds':3.0}").toString());
    }

    private static long start(String offset) {
        return Offset.read(Json.of(offset)).start(BACKWARD.iterator()).index();
    }

    private static Keyframe keyframe(long index, long nanoseconds) {
        return new Keyframe(new FrameId(0, index), index, BigInteger.valueOf(nanoseconds));
    }
}
