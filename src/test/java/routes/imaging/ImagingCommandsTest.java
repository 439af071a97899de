package routes.imaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.RecordComponent;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import picocli.CommandLine;
import routes.platform.cli.Attempts;
import routes.platform.cli.Settings;
import routes.platform.cli.Terminal;

import static org.assertj.core.api.Assertions.assertThat;

/** The one-shot commands, each on folders and local services of its own. */
class ImagingCommandsTest {

    @TempDir
    private Path home;

    @Test
    void rolesKnowEveryStage() {
        List<String> stages = Arrays.stream(ImagingProperties.class.getRecordComponents())
                .filter(section -> hasSwitch(section.getType()))
                .map(section -> "imaging." + section.getName())
                // a choice of the stage ingest
                .filter(section -> !section.equals("imaging.staging"))
                .toList();
        assertThat(new ImagingCommands().stages()).containsExactlyInAnyOrderElementsOf(stages);
        assertThat(new ImagingCommands().roles().stream().flatMap(role -> role.stages().stream()))
                .as("every stage but the demo belongs to one role")
                .doesNotHaveDuplicates()
                .hasSize(stages.size() - 1);
    }

    private static boolean hasSwitch(Class<?> section) {
        return section.isRecord()
                && Arrays.stream(section.getRecordComponents())
                        .map(RecordComponent::getName)
                        .anyMatch("enabled"::equals);
    }

    @Test
    @DisplayName("D01 O01 migrate makes all tables of an empty database; a second run changes nothing")
    void migrate() throws SQLException {
        Terminal first = new Terminal();
        assertThat(first.run("migrate", data())).as(first.err()).isZero();
        assertThat(first.out()).containsPattern("Schema is at version \\d+; [1-9]\\d* migrations applied");
        assertThat(tables()).contains("imaging_events", "src_dir_info", "data_archive_members", "dead_letter");
        assertThat(home.resolve("redis"))
                .as("only what the command needs is started")
                .doesNotExist();

        Terminal second = new Terminal();
        assertThat(second.run("migrate", data())).as(second.err()).isZero();
        assertThat(second.out()).contains("; 0 migrations applied");
    }

    @Test
    @DisplayName("R01 O01 create-groups makes streams and groups from the beginning; a second run succeeds")
    void createGroups() throws Exception {
        for (int run = 1; run <= 2; run++) {
            Terminal terminal = new Terminal();
            assertThat(terminal.run("create-groups", data(), "--caravan.local.redis.port=0"))
                    .as(terminal.err())
                    .isZero();
            assertThat(terminal.out())
                    .contains("Group export_event of stream data-ingester:new-imaging-event exists")
                    .contains("Group import_event of stream data-ingester:new-imaging-event exists")
                    .contains("Group import_export of stream upload-worker:new-export exists");
        }
        try (InputStream log = Files.newInputStream(appendOnlyFile())) {
            assertThat(new String(log.readAllBytes(), StandardCharsets.UTF_8).toLowerCase())
                    .contains("xgroup", "export_event", "import_event", "import_export");
        }
    }

    @Test
    void createGroupsTriesAgainWhileRedisIsNotUp() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        CommandLine command = new CommandLine(new ImagingCommands.CreateGroups(
                new Settings(List.of("--spring.data.redis.url=redis://:sesame@127.0.0.1:" + free)),
                new Attempts(3, Duration.ZERO)));
        StringWriter said = new StringWriter();
        int code = command.setErr(new PrintWriter(said, true)).execute();
        assertThat(code).isEqualTo(1);
        assertThat(said.toString())
                .contains("Redis is not up", "try 2 of 3", "try 3 of 3")
                .doesNotContain("try 4", "sesame");
    }

    @Test
    @DisplayName("O01 init-dirs makes the events folder of every system, again and again, and nothing else")
    void initDirs() {
        for (int run = 1; run <= 2; run++) {
            Terminal terminal = new Terminal();
            assertThat(terminal.run("init-dirs", "--imaging.source-dir=" + home.resolve("in"), "--imaging.systems=a,b"))
                    .as(terminal.err())
                    .isZero();
        }
        assertThat(home.resolve("in/a/events")).isEmptyDirectory();
        assertThat(home.resolve("in/b/events")).isEmptyDirectory();
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void initDirsFailsWhereAFolderCannotBeMade(CapturedOutput log) throws IOException {
        Files.writeString(home.resolve("in"), "a file");
        Terminal terminal = new Terminal();
        assertThat(terminal.run("init-dirs", "--imaging.source-dir=" + home.resolve("in")))
                .isEqualTo(1);
        // The configuration is checked before the command runs
        assertThat(log).contains(home.resolve("in").toString());
    }

    @Test
    @DisplayName("O02 generate writes as many time steps as asked, for the system asked")
    void generate() throws IOException {
        Terminal terminal = new Terminal();
        int code = terminal.run(
                "generate",
                "--system=aretha",
                "--images=2",
                "--count=3",
                "--interval=1ms",
                "--imaging.source-dir=" + home);
        assertThat(code).as(terminal.err()).isZero();
        assertThat(terminal.out()).hasLineCount(3);
        try (Stream<Path> events = Files.list(home.resolve("aretha/events"))) {
            assertThat(events).hasSize(3);
        }
        assertThat(home.resolve("prince")).doesNotExist();
    }

    @Test
    void generateKnowsTheSystems() {
        Terminal terminal = new Terminal();
        assertThat(terminal.run("generate", "--system=bowie", "--imaging.source-dir=" + home))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("--system must be one of prince, aretha");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void wrongConfigurationFails() {
        assertThat(new Terminal().run("init-dirs", "--imaging.sorce-dir=x")).isEqualTo(1);
    }

    @Test
    @DisplayName("wrong entry point: usage text, exit code 2, also as a process")
    void process() throws Exception {
        Process caravan = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "routes.Caravan",
                        "event-eater")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(caravan.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(caravan.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(caravan.exitValue()).isEqualTo(2);
        assertThat(said).contains("event-eater", "Usage: java -jar caravan.jar");
    }

    private String data() {
        return "--caravan.data-dir=" + home;
    }

    private Path appendOnlyFile() {
        return home.resolve("redis/appendonly.aof");
    }

    private List<String> tables() throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection database = DriverManager.getConnection(
                        "jdbc:h2:async:" + home.resolve("sql/caravan") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                        "sa",
                        "");
                ResultSet rows = database.getMetaData().getTables(null, "public", null, null)) {
            while (rows.next()) {
                tables.add(rows.getString("TABLE_NAME"));
            }
        }
        return tables;
    }
}
