package routes.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files of uploads that a killed server left behind. S3Proxy writes an object to {@code <key>-<random UUID>}, stores its
 * MD5 in an extended attribute, and renames it. If it is killed, that file remains and would be listed as an object.
 *
 * <p>A user's object may have such a name, too. So a file is only deleted if it has no MD5, or the same one as the object
 * that it was to become.
 */
final class InterruptedPuts {

    private static final Pattern NAME =
            Pattern.compile("(.+)-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final String MD5 = "user.content-md5";

    private final Path folder;

    /** @param folder of all buckets; no server may be using it */
    InterruptedPuts(Path folder) {
        this.folder = folder;
    }

    void remove() throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && isLeftOver(file, file.resolveSibling(name.group(1)))) {
                    Files.delete(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean isLeftOver(Path file, Path object) throws IOException {
        Optional<byte[]> sum = md5(file);
        return sum.isEmpty()
                || md5(object).filter(other -> Arrays.equals(other, sum.get())).isPresent();
    }

    private static Optional<byte[]> md5(Path file) throws IOException {
        UserDefinedFileAttributeView attributes = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        try {
            if (!attributes.list().contains(MD5)) {
                return Optional.empty();
            }
            ByteBuffer value = ByteBuffer.allocate(attributes.size(MD5));
            attributes.read(MD5, value);
            return Optional.of(value.array());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
