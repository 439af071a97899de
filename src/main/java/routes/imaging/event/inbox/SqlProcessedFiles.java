package routes.imaging.event.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

import org.springframework.jdbc.core.simple.JdbcClient;
import routes.imaging.event.FileNames;
import routes.platform.sql.SqlTimes;

/**
 * Keeps them in the database, so that they are known after a restart and in another process. Used for read-only
 * shares only.
 */
final class SqlProcessedFiles implements ProcessedFiles {

    private final JdbcClient sql;

    SqlProcessedFiles(JdbcClient sql) {
        this.sql = sql;
    }

    @Override
    public boolean contains(String system, Path file) {
        if (Files.isWritable(file.getParent())) {
            return false;
        }
        Version version = Version.of(file);
        return sql.sql("select count(*) from processed_event_files"
                                + " where system = ? and name = ? and size = ? and modified_at = ?")
                        .params(system, version.name(), version.size(), version.modifiedAt())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Override
    public void add(String system, Path file) {
        Version version = Version.of(file);
        sql.sql("insert into processed_event_files (system, name, size, modified_at, created_at)"
                        + " values (?, ?, ?, ?, current_timestamp) on conflict do nothing")
                .params(system, version.name(), version.size(), version.modifiedAt())
                .update();
    }

    private record Version(String name, long size, OffsetDateTime modifiedAt) {

        static Version of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return new Version(
                        FileNames.printable(file.getFileName()),
                        attributes.size(),
                        SqlTimes.of(attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MICROS)));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot look at the event file " + file, e);
            }
        }
    }
}
