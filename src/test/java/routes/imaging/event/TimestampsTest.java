package routes.imaging.event;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TimestampsTest {

    private static final long YEAR_10000 = 253_402_300_800L;
    private static final long MILLISECONDS_FROM = 20_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        "2024-02-01T09:30:00Z, 2024-02-01T09:30:00Z",
        "2024-02-01T10:30:00+01:00, 2024-02-01T09:30:00Z",
        "2024-02-01T10:30:00+0100, 2024-02-01T09:30:00Z",
        "2024-02-01T10:30:00+01, 2024-02-01T09:30:00Z",
        "2024-02-01T09:30:00-00:00, 2024-02-01T09:30:00Z",
        "2024-02-01T09:30Z, 2024-02-01T09:30:00Z",
        "2024-02-01 09:30:00z, 2024-02-01T09:30:00Z",
        "2024-02-29T23:59:59.123456789Z, 2024-02-29T23:59:59.123456789Z",
        "2000-02-29T00:00:00Z, 2000-02-29T00:00:00Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
    })
    void momentsWithOffset(String given, String instant) {
        assertThat(Timestamps.parse(given).time().toInstant()).isEqualTo(Instant.parse(instant));
        assertThat(Timestamps.parse(" " + given + "\n").text()).as("as given").isEqualTo(given);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-01T09:30:00",
                "2024-02-01",
                "",
                "now",
                "2024-02-01T09:30:00+25:00",
                "2024-02-01T09:30:00+1:00",
                "2024-02-0109:30:00Z",
                "2024-02-01T 09:30:00Z",
                "2024-02-01T09:30:00ZZ",
                "2024-02-01T09:30:00+01:00+01:00",
                "2024-02-01T09:30:00.Z",
                "2024-02-01T09:30:00[Europe/Amsterdam]",
                "+10000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "1e9",
                "0x1F",
                "1706779800.",
                "999999999999999999999999"
            })
    @DisplayName("I04 what is no moment with an offset is refused")
    void noMoment(String given) {
        assertThatThrownBy(() -> Timestamps.parse(given)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-30T00:00:00Z",
                "2023-02-29T00:00:00Z",
                "1900-02-29T00:00:00Z",
                "2024-04-31T00:00:00Z",
                "2024-13-01T00:00:00Z",
                "2024-02-01T24:00:00Z",
                "2024-02-01T09:60:00Z"
            })
    void daysAndTimesThatDoNotExistAreNotBentToOnesThatDo(String given) {
        assertThatThrownBy(() -> Timestamps.parse(given)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:30:00-01:00", "0000-01-01T00:30:00+01:00"})
    @DisplayName("U01 a year that has not four digits in UTC cannot be part of a key and is refused")
    void yearInUtc(String given) {
        assertThatThrownBy(() -> Timestamps.parse(given)).hasMessageContaining("years 0 to 9999");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00Z",
        "-1, 1969-12-31T23:59:59Z",
        "-0.5, 1969-12-31T23:59:59.5Z",
        "1706779800, 2024-02-01T09:30:00Z",
        "+1706779800.25, 2024-02-01T09:30:00.25Z",
        "1706779800123, 2024-02-01T09:30:00.123Z",
        "20000000000, 2603-10-11T11:33:20Z",
        "20000000001, 1970-08-20T11:33:20.001Z",
    })
    void unixSecondsAndMilliseconds(String given, String instant) {
        Instant expected = Instant.parse(instant);

        assertThat(Timestamps.parse(given).time().toInstant()).isEqualTo(expected);
        assertThat(Timestamps.ofUnix(new BigDecimal(given)).time().toInstant()).isEqualTo(expected);
        assertThat(Instant.parse(Timestamps.parse(given).text())).isEqualTo(expected);
    }

    @Test
    void hugeUnixTimesAreRefusedAtOnce() {
        assertThatThrownBy(() -> Timestamps.ofUnix(new BigDecimal("1e999999999")))
                .hasMessageContaining("too large");
        assertThatThrownBy(() -> Timestamps.ofUnix(BigDecimal.valueOf(YEAR_10000 * 1000)))
                .hasMessageContaining("years 0 to 9999");
        assertThatThrownBy(() -> Timestamps.ofUnix(new BigDecimal("-999999999999999")))
                .hasMessageContaining("years 0 to 9999");
        assertThatThrownBy(() -> Timestamps.ofUnix(new BigDecimal("1e-999999999")))
                .hasMessageContaining("too many digits");
    }

    @Property
    void whatIsFormattedIsRead(
            @ForAll @LongRange(min = -62_167_219_200L + 86_400, max = YEAR_10000 - 86_401) long second,
            @ForAll @IntRange(max = 999_999_999) int nano,
            @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
        OffsetDateTime time =
                Instant.ofEpochSecond(second, nano).atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));

        assertThat(Timestamps.parse(time.toString()).time()).isEqualTo(time);
    }

    @Property
    void millisecondsAndSecondsAreToldApart(
            @ForAll @LongRange(min = MILLISECONDS_FROM + 1, max = YEAR_10000 * 1000 - 1) long milliseconds) {
        assertThat(Timestamps.parse(Long.toString(milliseconds)).time().toInstant())
                .isEqualTo(Instant.ofEpochMilli(milliseconds));
    }

    @Property
    void anyOtherTextIsRefusedAndNothingElseHappens(@ForAll @StringLength(max = 40) String text) {
        try {
            assertThat(Timestamps.parse(text).time()).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining(" ");
        }
    }
}
