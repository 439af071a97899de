package routes.imaging.event;

import java.util.UUID;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RefIdTest {

    @Property
    void everySpellingIsTheSameId(@ForAll long high, @ForAll long low) {
        UUID id = new UUID(high, low);
        String plain = id.toString().replace("-", "");

        assertThat(RefId.parse(id.toString())).as("I05 hyphenated").isEqualTo(id);
        assertThat(RefId.parse(plain)).as("I05 32 hex digits").isEqualTo(id);
        assertThat(RefId.parse("urn:uuid:" + id)).isEqualTo(id);
        assertThat(RefId.parse("URN:UUID:" + id.toString().toUpperCase())).isEqualTo(id);
        assertThat(RefId.parse(" " + plain.toUpperCase() + " ")).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5f0c1e7a",
                "1-1-1-1-1",
                "5f0c1e7a-91d2-4a53-8f0e-2f6f0b1f7a1",
                "5f0c1e7a91d24a538f0e2f6f0b1f7a11aa",
                "5f0c1e7a91d2-4a53-8f0e-2f6f0b1f7a11",
                "{5f0c1e7a-91d2-4a53-8f0e-2f6f0b1f7a11}",
                "urn:uuid:urn:uuid:5f0c1e7a91d24a538f0e2f6f0b1f7a11",
                "gf0c1e7a-91d2-4a53-8f0e-2f6f0b1f7a11",
                "-f0c1e7a91d24a538f0e2f6f0b1f7a11"
            })
    void whatIsNoUuid(String text) {
        assertThatThrownBy(() -> RefId.parse(text)).hasMessage("must be a UUID");
    }

    @Test
    @DisplayName("S02 the short form keeps its leading zeros")
    void abbreviated() {
        assertThat(RefId.abbreviate(UUID.fromString("000a1e7a-91d2-4a53-8f0e-2f6f0b1f7a11")))
                .isEqualTo("000a1e");
    }
}
