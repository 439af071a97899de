package routes.platform;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import org.opentest4j.TestAbortedException;

/**
 * Programs of others that a test talks to. Where one is missing the test is skipped with one line that names it, and
 * fails when the variable {@code CARAVAN_REQUIRE_PEERS} is {@code true}, as in CI.
 */
public final class Peers {

    private static final boolean REQUIRED = "true".equals(System.getenv("CARAVAN_REQUIRE_PEERS"));

    private Peers() {}

    /** A program by the first of its names that is installed. */
    public static ForeignProgram require(String... names) {
        return Stream.of(names)
                .map(Peers::find)
                .flatMap(Optional::stream)
                .findFirst()
                .map(ForeignProgram::new)
                .orElseThrow(() -> missing(names[0]));
    }

    /** The system's Python, if it has the module. */
    public static ForeignProgram requirePython(String module) {
        ForeignProgram python = require("python3");
        if (!python.succeeds("-c", "import " + module)) {
            throw missing("the Python module " + module);
        }
        return python;
    }

    /** Something that was looked for elsewhere. */
    public static <T> T require(String name, Optional<T> found) {
        return found.orElseThrow(() -> missing(name));
    }

    /** The system's own programs come before those somebody put first on the PATH, such as shims of version managers. */
    private static Optional<Path> find(String name) {
        return Stream.concat(
                        Stream.of("/usr/bin", "/usr/sbin"),
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static RuntimeException missing(String name) {
        String message = name + " is not installed";
        if (REQUIRED) {
            throw new AssertionError(message + ", and CARAVAN_REQUIRE_PEERS=true");
        }
        System.out.println("Skipped: " + message);
        return new TestAbortedException(message);
    }
}
