package routes.replay.protocol;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import routes.replay.SavantSamples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ProtocolVersionsTest {

    @ParameterizedTest
    @CsvSource({
        "1.15.1, true",
        "1.15.2, false",
        "1x15x1, false",
        "2.1.0, true",
        "2.1.17-rc1, true",
        "2.10.0, false",
        "'', false",
        "11.15.1, false"
    })
    void exactOnesAndPatterns(String version, boolean accepted) {
        assertThat(new ProtocolVersions(List.of("1.15.1", "2.1.*"), "1.15.1", Map.of()).accepts(version))
                .isEqualTo(accepted);
    }

    @Test
    void theAnnouncedVersionIsOfTheContentsGeneration() {
        ProtocolVersions versions = new ProtocolVersions(List.of("*"), "1.15.1", Map.of());
        SavantMessage second = SavantSamples.decoded(SavantSamples.message(SavantSamples.frame2()));
        SavantMessage first = SavantSamples.decoded(SavantSamples.message1()
                .setProtocolVersion("1.14.0")
                .setVideoFrame(SavantSamples.frame1())
                .build()
                .toByteString());

        assertThat(versions.announcedFor(first)).isEqualTo("1.15.1");
        assertThat(versions.announcedFor(second)).isEqualTo("2.1.0");
    }

    @Test
    void whatIsTranslatedAnnouncesAVersionOfItsGeneration() {
        ProtocolVersions versions =
                new ProtocolVersions(List.of("*"), "1.15.1", Map.of(Generation.ONE, "1.0.0", Generation.TWO, "2.1.4"));

        assertThat(versions.translationTo(Generation.ONE).version()).isEqualTo("1.15.1");
        assertThat(versions.translationTo(Generation.TWO).version()).isEqualTo("2.1.4");
        assertThatIllegalArgumentException().isThrownBy(() -> new GenerationTranslator(Generation.TWO, "1.15.1"));
    }
}
