package routes.imaging.event;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import routes.platform.InvalidInputException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SystemShareTest {

    @TempDir
    Path sourceDir;

    private Path root;
    private SystemShare share;

    @BeforeEach
    void makeShare() throws IOException {
        root = sourceDir.resolve("prince");
        share = new SystemShare("prince", root);
        Files.createDirectories(share.events());
    }

    @ParameterizedTest
    @CsvSource({
        "shared, shared",
        "./shared/, shared",
        "a/../shared, shared",
        "a//./b///, a/b",
        "..x, ..x",
        "shared., shared.",
        "' x ', ' x '",
        "../x, ../x",
        "/etc/../x, /x",
        "., .",
        "x/.., x/..",
        "'', ''",
        "x\u0000/, x\u0000/"
    })
    @DisplayName("CI7 every spelling of a folder becomes one; what is none stays, to be refused")
    void normalized(String imageDir, String expected) {
        assertThat(SystemShare.normalize(imageDir)).isEqualTo(expected);
        assertThat(SystemShare.normalize(expected)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "x, x",
        "./x, x",
        "x/, x",
        "a/b/../c, a/c",
        "events/../x, x",
        "eventsx, eventsx",
        "x/events, x/events",
        "..x, ..x",
        "' x ', ' x '",
        "x\\y, x\\y",
        "..\\..\\etc, ..\\..\\etc"
    })
    void pathsInsideTheShare(String imageDir, String expected) {
        assertThat(share.imageSource(imageDir)).isEqualTo(root.resolve(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "..",
                "x/../..",
                "x/../../aretha",
                "../prince2/x",
                "/etc",
                "/",
                "",
                ".",
                "./.",
                "x/..",
                "events",
                "events/",
                "./events",
                "events/..",
                "events/.failed",
                "x/../events/y",
                "Events",
                "EVENTS/y",
                "x\u0000",
                "\u0000"
            })
    @DisplayName("I07 what leads out of the share, to all of it, to its events or nowhere is refused")
    void pathsOutsideTheShare(String imageDir) {
        assertRefused(imageDir);
    }

    @Test
    @DisplayName("I07 an absolute path is refused even when it leads into the share")
    void absolutePathInside() {
        assertRefused(root.resolve("x").toString());
    }

    @Test
    @DisplayName("I07 a name that no file system takes is refused instead of waited for")
    void longName() {
        assertThat(share.imageSource("x".repeat(255))).startsWithRaw(root);
        assertRefused("x".repeat(256));
        assertRefused("ä".repeat(128));
    }

    @Test
    @DisplayName("I07 a symbolic link out of the share is refused, wherever in the path it is")
    void linkOut() throws IOException {
        Path outside = Files.createDirectories(sourceDir.resolve("secret/x")).getParent();
        link("out", outside);
        link("relative", Path.of("../secret"));
        Files.createDirectories(root.resolve("deep/er"));
        link("deep/er/out", outside);
        link("chain", Path.of("deep/er/out"));

        assertRefused("out");
        assertRefused("out/x");
        assertRefused("out/not-yet-there");
        assertRefused("relative");
        assertRefused("deep/er/out/x");
        assertRefused("chain");
        assertRefused("chain/x");
    }

    @Test
    @DisplayName("I07 a symbolic link that leaves the share and comes back by name is judged by where it ends")
    void linkOutAndBack() throws IOException {
        Files.createDirectories(root.resolve("x"));
        link("back", Path.of("../prince/x"));

        assertThat(share.imageSource("back")).isEqualTo(root.resolve("back"));
    }

    @Test
    @DisplayName("I07 a symbolic link to the events, into them, around them or to the whole share is refused")
    void linkToEvents() throws IOException {
        link("to-events", share.events());
        Files.createDirectories(share.failed());
        link("to-failed", share.failed());
        link("self", Path.of("."));

        assertRefused("to-events");
        assertRefused("to-failed");
        assertRefused("self");
        assertRefused("self/events");
        assertThat(share.imageSource("self/x")).as("not there yet").isEqualTo(root.resolve("self/x"));
    }

    @Test
    @DisplayName("I07 a folder that holds the events behind a symbolic link is refused: it would be deleted with them")
    void folderAroundLinkedEvents() throws IOException {
        Files.delete(share.events());
        Files.createDirectories(root.resolve("data/ev"));
        link("events", Path.of("data/ev"));

        assertRefused("data");
        assertRefused("data/ev");
        assertThat(share.imageSource("data/images")).isEqualTo(root.resolve("data/images"));
    }

    @Test
    @DisplayName("I07 a dangling link out of the share is refused as soon as it leads somewhere")
    void danglingLink() throws IOException {
        Path outside = sourceDir.resolve("later");
        link("dangling", outside);
        assertThat(share.imageSource("dangling")).isEqualTo(root.resolve("dangling"));

        Files.createDirectory(outside);
        assertRefused("dangling");
    }

    @Test
    void aLoopOfLinksIsNotFollowed() throws IOException {
        link("a", Path.of("b"));
        link("b", Path.of("a"));

        assertThat(share.imageSource("a")).isEqualTo(root.resolve("a"));
    }

    @Test
    void theShareItselfMayBeALink() throws IOException {
        Path alias = Files.createSymbolicLink(sourceDir.resolve("aretha"), root);
        Files.createDirectories(root.resolve("x"));
        link("out", Files.createDirectories(sourceDir.resolve("secret")));
        SystemShare linked = new SystemShare("aretha", alias);

        assertThat(linked.imageSource("x")).isEqualTo(alias.resolve("x"));
        assertThatThrownBy(() -> linked.imageSource("out")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> linked.imageSource("events")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aShareThatIsNotThereRefusesTheSame() {
        SystemShare absent = new SystemShare("aretha", sourceDir.resolve("aretha"));

        assertThat(absent.imageSource("x")).isEqualTo(sourceDir.resolve("aretha/x"));
        assertThatThrownBy(() -> absent.imageSource("../x")).isInstanceOf(InvalidInputException.class);
    }

    @Property(tries = 500)
    void whateverIsLetThroughLiesInTheShareAndNotInItsEvents(@ForAll @Size(max = 6) List<Step> steps) {
        SystemShare anywhere = new SystemShare("prince", Path.of("/nowhere/prince"));
        String imageDir = String.join("/", steps.stream().map(step -> step.text).toList());
        try {
            Path source = anywhere.imageSource(imageDir);
            assertThat(source).startsWithRaw(anywhere.root()).isNotEqualTo(anywhere.root());
            assertThat(source.startsWith(anywhere.events())).isFalse();
        } catch (InvalidInputException e) {
            assertThat(e.problems().get(0).location()).containsExactly("img_dir");
        }
    }

    enum Step {
        UP(".."),
        HERE("."),
        NOTHING(""),
        EVENTS("events"),
        X("x");

        private final String text;

        Step(String text) {
            this.text = text;
        }
    }

    private void link(String name, Path target) throws IOException {
        Files.createSymbolicLink(root.resolve(name), target);
    }

    private void assertRefused(String imageDir) {
        assertThatThrownBy(() -> share.imageSource(imageDir))
                .as(imageDir)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("img_dir: ");
    }
}
