package routes.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An H2 file that speaks PostgreSQL's dialect. There is no server: the first connection opens the file. */
final class H2Database implements LocalServer {

    /**
     * The reasons for these settings:
     *
     * <ul>
     *   <li>{@code async:} accesses the file on threads of its own. With {@code file:} an interrupt during a statement,
     *       which Camel sends when it stops, closes the file under every connection.
     *   <li>{@code WRITE_DELAY=0} writes at commit. With the default of 500 ms, a killed process loses the commits of
     *       the last half second, sometimes more. (H2 never syncs the disk, so a power failure can still lose the last
     *       commits; PostgreSQL does.)
     *   <li>{@code DB_CLOSE_ON_EXIT=FALSE} lets the connection pool close the database, after the last route.
     *   <li>{@code IGNORE_UNKNOWN_SETTINGS=TRUE} accepts PostgreSQL's connection options.
     * </ul>
     */
    private static final List<String> SETTINGS = List.of(
            "MODE=PostgreSQL",
            // ShedLock stores local times: the end of daylight saving time would extend a dead holder's lease by an
            // hour
            "TIME ZONE=UTC",
            "DATABASE_TO_LOWER=TRUE",
            "DEFAULT_NULL_ORDERING=HIGH",
            "WRITE_DELAY=0",
            "DB_CLOSE_ON_EXIT=FALSE",
            "IGNORE_UNKNOWN_SETTINGS=TRUE");

    private final Path folder;

    H2Database(Path folder) {
        this.folder = folder;
    }

    @Override
    public LocalService service() {
        return LocalService.SQL;
    }

    @Override
    public String address() {
        return "jdbc:h2:async:" + folder.resolve("caravan");
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Map<String, Object> clientProperties() {
        return Map.of(
                "spring.datasource.url", address() + ";" + String.join(";", SETTINGS),
                "spring.datasource.driver-class-name", "org.h2.Driver",
                "spring.datasource.username", "sa",
                "spring.datasource.password", "");
    }

    @Override
    public void start() throws Exception {
        Files.createDirectories(folder);
    }

    @Override
    public void stop() {
        // closing the last connection closes the file
    }
}
