package routes.platform.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ClassPathResource;

/**
 * The SQL statements of one workflow, or of the platform: the files {@code sql/<owner>/<name>.sql} of the jar.
 *
 * @param owner name of the folder
 */
public record SqlStatements(String owner) {

    public String read(String name) {
        String file = "sql/" + owner + "/" + name + ".sql";
        try {
            return new ClassPathResource(file).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The statement " + file + " is missing from the jar", e);
        }
    }
}
