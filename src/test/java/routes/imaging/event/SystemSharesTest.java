package routes.imaging.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import routes.imaging.LogLines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SystemSharesTest {

    @TempDir
    Path sourceDir;

    @Test
    @DisplayName("I13 a share that cannot be made does not keep the others from being made")
    void oneBadShare() throws IOException {
        Files.createFile(sourceDir.resolve("aretha"));
        Files.createDirectories(sourceDir.resolve("stranger"));
        SystemShares shares = new SystemShares(sourceDir, List.of("aretha", "prince"));

        shares.createFolders();
        shares.createFolders();

        assertThat(sourceDir.resolve("prince/events")).isDirectory();
        assertThat(sourceDir.resolve("stranger/events")).doesNotExist();
    }

    @Test
    @DisplayName("I13 folders that are no system are named in one log line; staging and hidden ones are none of them")
    void strangers() throws IOException {
        for (String folder : List.of("ziggy", "bowie", "staging", ".snapshots")) {
            Files.createDirectories(sourceDir.resolve(folder));
        }
        try (LogLines log = new LogLines()) {
            new SystemShares(sourceDir, List.of("prince")).createFolders();

            assertThat(log.containing(sourceDir.toString()))
                    .extracting(LogLines.Line::message)
                    .containsExactly(
                            "Folders [bowie, ziggy] in " + sourceDir + " are ignored: they are not in imaging.systems");
        }
    }

    @Test
    @DisplayName("S01 no staging folder is made")
    void noStaging() {
        SystemShares shares = new SystemShares(sourceDir, List.of("prince"));

        shares.createFolders();

        assertThat(shares.staging()).isEqualTo(sourceDir.resolve("staging")).doesNotExist();
    }

    @Test
    void unknownSystem() {
        SystemShares shares = new SystemShares(sourceDir, List.of("prince"));

        assertThat(shares.knows("prince")).isTrue();
        assertThat(shares.knows("../prince")).isFalse();
        assertThatThrownBy(() -> shares.of("aretha")).hasMessageContaining("imaging.systems");
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "..", ".", "", "a/b", "/etc", ".hidden", "-x", "a b", "a\u0000"})
    void namesThatNoSystemMayHave(String name) {
        assertThatThrownBy(() -> new SystemShares(sourceDir, List.of("prince", name)))
                .hasMessageContaining("imaging.systems");
    }
}
