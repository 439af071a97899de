package routes.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.springframework.util.FileSystemUtils;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

/**
 * The classes the packaged jar loads at its start, in the JVM's own form, so that the many starts of the crash tests take
 * two thirds of the time. Made once for a jar, by the first of the JVMs that run tests; a JVM to which it does not fit
 * ignores it.
 */
final class ClassArchive {

    private ClassArchive() {}

    /** @param options of the JVM that will use it */
    static synchronized Path of(Path jar, Path java, List<String> options) {
        Path archive = jar.resolveSibling("caravan-tests.jsa");
        try (FileChannel others = FileChannel.open(jar.resolveSibling("caravan-tests.lock"), CREATE, WRITE)) {
            others.lock();
            if (!Files.exists(archive) || isOlder(archive, jar)) {
                make(archive, jar, java, options);
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOlder(Path archive, Path jar) throws IOException {
        return Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0;
    }

    private static void make(Path archive, Path jar, Path java, List<String> options)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("class-archive");
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(options);
        command.addAll(List.of(
                "-XX:ArchiveClassesAtExit=" + archive,
                "-Dspring.context.exit=onRefresh",
                "-jar",
                jar.toString(),
                "--server.port=0",
                "--caravan.data-dir=" + folder.resolve("data"),
                "--caravan.local.redis.port=0",
                "--caravan.local.s3.port=0",
                "--caravan.local.jms.port=0"));
        Process start = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(jar.resolveSibling("caravan-tests.jsa.log").toFile())
                .start();
        int status = start.waitFor();
        FileSystemUtils.deleteRecursively(folder);
        if (!Files.exists(archive)) {
            throw new IllegalStateException("The run that makes " + archive + " ended with status " + status
                    + " and without it; what it said is in " + archive + ".log");
        }
    }
}
