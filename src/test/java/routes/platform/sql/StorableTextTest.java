package routes.platform.sql;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StorableTextTest {

    @Test
    @DisplayName("Text that fits and is well-formed stays as it is, the longest included")
    void unchanged() {
        assertThat(StorableText.of("a 💾 b", 6)).isEqualTo("a 💾 b");
    }

    @Test
    @DisplayName(
            "What PostgreSQL refuses is replaced: the character 0, and half of a pair, also one that is left by the cut")
    void replaced() {
        assertThat(StorableText.of("a\0b", 10)).isEqualTo("a\ufffdb");
        assertThat(StorableText.of("a\ud83d", 10)).isEqualTo("a?");
        assertThat(StorableText.of("abc💾d", 5)).isEqualTo("abc?…");
    }
}
