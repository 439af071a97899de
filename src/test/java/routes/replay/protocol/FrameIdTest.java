package routes.replay.protocol;

import java.math.BigInteger;
import java.util.UUID;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FrameIdTest {

    @Property
    void everySpellingIsTheSameId(@ForAll long high, @ForAll long low) {
        FrameId id = new FrameId(high, low);
        String simple = id.toString().replace("-", "");

        assertThat(id).hasToString(new UUID(high, low).toString());
        assertThat(FrameId.parse(id.toString())).isEqualTo(id);
        assertThat(FrameId.parse(simple.toUpperCase())).isEqualTo(id);
        assertThat(FrameId.parse("{" + id + "}")).isEqualTo(id);
        assertThat(FrameId.parse("urn:uuid:" + id)).isEqualTo(id);
    }

    @Property
    void orderIsThatOfUnsignedNumbers(@ForAll long high1, @ForAll long low1, @ForAll long high2, @ForAll long low2) {
        FrameId one = new FrameId(high1, low1);
        FrameId other = new FrameId(high2, low2);

        assertThat(Integer.signum(one.compareTo(other)))
                .isEqualTo(number(one).compareTo(number(other)))
                .isEqualTo(Integer.signum(one.toString().compareTo(other.toString())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "urn:uuid:",
                "019b76da",
                "1-1-1-1-1",
                "019b76da-a800-7000-8000-00000000000g",
                "019b76da-a800-7000-8000+000000000001",
                "+19b76daa80070008000000000000001",
                "019b76daa80070008000٠00000000001"
            })
    void whatIsNoUuid(String text) {
        assertThatThrownBy(() -> FrameId.parse(text)).hasMessage("must be a UUID");
    }

    private static BigInteger number(FrameId id) {
        return new BigInteger(id.toString().replace("-", ""), 16);
    }
}
