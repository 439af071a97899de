package routes.imaging.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileNamesTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName("CI5 a name in a line of the log has neither control characters nor bytes that are no text")
    void printable() {
        Path latin1 = FileNames.change(Path.of("x"), name -> "lat\u00e9 \u00c3\u00bc\n\u0085");

        assertThat(FileNames.printable(latin1)).isEqualTo("lat\\xe9 \u00fc\\x0a\\x85");
        assertThat(FileNames.printable(Path.of("/a b/\u4e8b\u2028\t.json"))).isEqualTo("/a b/\u4e8b\\u2028\\x09.json");
        assertThat(FileNames.printable("a\r\nb\u001b[31m")).isEqualTo("a\\x0d\\x0ab\\x1b[31m");
    }

    @Test
    @DisplayName("CI4 a name is the same bytes on its way in and out")
    void bytes() {
        Path name = FileNames.change(Path.of("a"), text -> "\u00ff%20\u00fe");

        assertThat(FileNames.bytesOf(name)).isEqualTo("\u00ff%20\u00fe".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(name.isAbsolute()).isFalse();
        assertThatThrownBy(() -> FileNames.pathOf("a\0b")).isInstanceOf(InvalidPathException.class);
        assertThatThrownBy(() -> FileNames.pathOf("\ud800")).isInstanceOf(InvalidPathException.class);
    }

    @Test
    @DisplayName("CI4 a JVM whose encoding lacks the letters of a name finds the file by its bytes")
    void localeWithoutTheLetters() throws Exception {
        Files.writeString(
                Files.createDirectories(folder.resolve("l\u00e4uf/\u4e8b")).resolve("x"), "found");

        assertThat(runInLocaleC("l\u00e4uf//\u4e8b", "../" + folder.getFileName() + "/l\u00e4uf/\u4e8b"))
                .containsExactly("found", "found");
    }

    private List<String> runInLocaleC(String... names) throws IOException, InterruptedException {
        ProcessBuilder child = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                folder.toString());
        child.environment().put("LC_ALL", "C");
        child.redirectErrorStream(true);
        Process process = child.start();
        process.getOutputStream().write(String.join("\n", names).getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output.lines().toList();
    }

    /** Reads the file x in folders named by its input, below the one named by its argument. */
    static final class Child {

        private Child() {}

        public static void main(String[] arguments) throws IOException {
            if (FileNames.areSpelledByThisJvm()) {
                throw new IllegalStateException("The locale C is not in force");
            }
            String names = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
            for (String name : names.split("\n")) {
                Path named = Path.of(arguments[0]).resolve(FileNames.pathOf(name));
                System.out.println(Files.readString(named.resolve("x")));
            }
        }
    }
}
