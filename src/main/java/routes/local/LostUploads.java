package routes.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

/**
 * Multipart uploads that S3Proxy lists but nobody can abort. S3Proxy keeps two files for each upload, which it creates
 * and removes one after the other: {@code .mpus-<id>-<key>-stub}, for listing uploads, and {@code .s3proxy-mpu-stub-<id>},
 * without which it answers that there is no such upload. A server that is killed in between leaves one of them for ever.
 */
final class LostUploads {

    private static final String ID = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
    private static final Pattern LISTED = Pattern.compile("\\.mpus-" + ID + "-.+");
    private static final Pattern KNOWN = Pattern.compile("\\.s3proxy-mpu-stub-" + ID);

    private final Path folder;

    /** @param folder of all buckets; no server may be using it */
    LostUploads(Path folder) {
        this.folder = folder;
    }

    void remove() throws IOException {
        for (Path bucket : children(folder)) {
            if (Files.isDirectory(bucket)) {
                removeFrom(children(bucket));
            }
        }
    }

    private static void removeFrom(List<Path> files) throws IOException {
        List<String> listed = ids(files, LISTED);
        List<String> known = ids(files, KNOWN);
        for (Path file : files) {
            if (isLost(file, LISTED, known) || isLost(file, KNOWN, listed)) {
                FileSystemUtils.deleteRecursively(file);
            }
        }
    }

    /** Whether the file belongs to an upload that lacks the other file. */
    private static boolean isLost(Path file, Pattern kind, List<String> others) {
        Matcher name = kind.matcher(file.getFileName().toString());
        return name.matches() && !others.contains(name.group(1));
    }

    private static List<String> ids(List<Path> files, Pattern kind) {
        return files.stream()
                .map(file -> kind.matcher(file.getFileName().toString()))
                .filter(Matcher::matches)
                .map(name -> name.group(1))
                .toList();
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        }
    }
}
