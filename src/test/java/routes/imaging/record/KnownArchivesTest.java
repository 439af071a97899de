package routes.imaging.record;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import routes.platform.InvalidInputException;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KnownArchivesTest {

    private final TapeNotification.Archive archive =
            new TapeNotification.Archive(UUID.randomUUID(), UUID.randomUUID(), "images/e/2024-02-01.tar", List.of());
    private final KnownArchives known = new KnownArchives();

    @Test
    @DisplayName("D09 a known path is no conflict, whatever its id and whoever has ours")
    void knownPath() {
        assertThatCode(() -> known.requirePath(
                        archive,
                        List.of(
                                Map.of("id", archive.id(), "path", "images/e/2024-02-02.tar"),
                                Map.of("id", UUID.randomUUID(), "path", archive.path()))))
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("D09 an id that is another path's is refused, naming id and both paths")
    void idOfAnotherPath() {
        assertThatThrownBy(() -> known.requirePath(
                        archive, List.of(Map.of("id", archive.id(), "path", "images/e/2024-02-02.tar"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContainingAll(archive.id().toString(), "images/e/2024-02-02.tar", archive.path());
    }

    @Test
    @DisplayName("D09 a row that vanished meanwhile is a reason to try again")
    void vanished() {
        assertThatThrownBy(() -> known.requirePath(archive, List.of()))
                .isInstanceOf(RecordedExports.OvertakenException.class);
    }
}
