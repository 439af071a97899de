package routes.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.test.util.TestSocketUtils;

/** A PostgreSQL server of this machine on a free port of loopback, with its data in a temporary folder. */
public final class PostgresServer implements AutoCloseable {

    private final Path programs;
    private final Path data;
    private final int port;

    private PostgresServer(Path programs, Path data, int port) {
        this.programs = programs;
        this.data = data;
        this.port = port;
    }

    /** Where PostgreSQL is installed, if it is. */
    public static Optional<Path> installed() throws IOException {
        Path versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.list(versions)) {
            return found.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .findFirst();
        }
    }

    public static PostgresServer start(Path programs) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("caravan-postgres");
        PostgresServer server = new PostgresServer(programs, data, TestSocketUtils.findAvailableTcpPort());
        if (isRoot()) {
            server.run("chown", "postgres", data.toString());
        }
        server.runAsPostgres("initdb", "-D", data + "/db", "-U", "caravan", "-A", "trust", "-E", "UTF8", "-N");
        String options = "-h 127.0.0.1 -p " + server.port + " -k " + data + " -F";
        server.runAsPostgres("pg_ctl", "-D", data + "/db", "-w", "-l", data + "/log", "-o", options, "start");
        return server;
    }

    public DataSource dataSource() {
        return new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "caravan", "");
    }

    /** As in {@code POSTGRES_DSN}, and as psql understands it. */
    public String dsn() {
        return "postgresql://caravan@127.0.0.1:" + port + "/postgres";
    }

    @Override
    public void close() throws IOException {
        try {
            runAsPostgres("pg_ctl", "-D", data + "/db", "-m", "immediate", "-w", "stop");
            run("rm", "-rf", data.toString());
        } catch (InterruptedException e) {
            throw new IOException("Interrupted while PostgreSQL was stopping", e);
        }
    }

    /** The server refuses to run as root. */
    private void runAsPostgres(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(Arrays.asList(arguments));
        run(command.toArray(String[]::new));
    }

    private void run(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("caravan-postgres", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed: " + Files.readString(output));
            }
        } finally {
            Files.delete(output);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
