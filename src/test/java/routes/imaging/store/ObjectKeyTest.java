package routes.imaging.store;

import java.time.OffsetDateTime;
import java.util.UUID;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.imaging.event.EventType;

import static org.assertj.core.api.Assertions.assertThat;

class ObjectKeyTest {

    private static final UUID REF_ID = UUID.fromString("5f0c1e7a-91d2-4a53-8f0e-2f6f0b1f7a11");

    @Test
    @DisplayName("U01 the key is images/<exp>/<YYYYMMDD>/<HHMMSS>.tar in UTC for an event with offset +01:00")
    void keyInUtc() {
        assertThat(key(EventType.STITCH, "2024-02-01T00:30:00+01:00")
                        .candidates()
                        .get(0))
                .isEqualTo("images/20240115_007/20240131/233000.tar");
    }

    @Test
    @DisplayName("U01 type video uses videos/")
    void kinds() {
        assertThat(key(EventType.VIDEO, "2024-02-01T09:30:00.9Z").candidates().get(0))
                .isEqualTo("videos/20240115_007/20240201/093000.tar");
    }

    @Test
    @DisplayName("U09 where the key belongs to another event, the id makes the difference")
    void suffixes() {
        assertThat(key(EventType.STITCH, "2024-02-01T09:30:00Z").candidates())
                .containsExactly(
                        "images/20240115_007/20240201/093000.tar",
                        "images/20240115_007/20240201/093000-5f0c1e.tar",
                        "images/20240115_007/20240201/093000-5f0c1e7a91d24a538f0e2f6f0b1f7a11.tar");
    }

    private static ObjectKey key(EventType type, String timestamp) {
        return new ObjectKey(
                type, "20240115_007", OffsetDateTime.parse(timestamp).toInstant(), REF_ID);
    }
}
