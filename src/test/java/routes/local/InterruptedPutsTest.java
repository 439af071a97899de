package routes.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class InterruptedPutsTest {

    private static final String RANDOM = "-bc7ec6e9-1cf8-4583-be89-d6ce0d537625";

    @TempDir
    private Path folder;

    private Path bucket;

    @BeforeEach
    void makeBucket() throws IOException {
        bucket = Files.createDirectories(folder.resolve("raw-data/images"));
    }

    @Test
    @DisplayName("What a killed upload left is removed, whether the object came later or not")
    void leftOvers() throws IOException {
        Path half = Files.writeString(bucket.resolve("a.tar" + RANDOM), "ha");
        Path object = put("b.tar", "whole");
        Path same = put("b.tar" + RANDOM, "whole");

        new InterruptedPuts(folder).remove();

        assertThat(half).doesNotExist();
        assertThat(same).doesNotExist();
        assertThat(object).exists();
    }

    @Test
    @DisplayName("A user's object whose name ends like that stays")
    void objects() throws IOException {
        Path alone = put("frame" + RANDOM, "one");
        Path object = put("b.tar", "whole");
        Path other = put("b.tar" + RANDOM, "other");
        Path plain = Files.writeString(bucket.resolve("copied-by-hand.tar"), "x");

        new InterruptedPuts(folder).remove();

        assertThat(alone).exists();
        assertThat(object).exists();
        assertThat(other).exists();
        assertThat(plain).exists();
    }

    /** As S3Proxy leaves it. */
    private Path put(String name, String content) throws IOException {
        Path file = Files.writeString(bucket.resolve(name), content);
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                .write("user.content-md5", StandardCharsets.UTF_8.encode("md5 of " + content));
        return file;
    }
}
