package routes.platform.cli;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CaravanCommandLineTest {

    private final Terminal terminal = new Terminal();

    @Test
    void everythingRunsWithoutACommand() {
        assertThat(terminal.run()).isEqualTo(CaravanCommandLine.GOES_ON);
        assertThat(terminal.run("--server.port=0", "--debug")).isEqualTo(CaravanCommandLine.GOES_ON);
        assertThat(terminal.servers()).containsExactly(List.of(), List.of("--server.port=0", "--debug"));
    }

    @Test
    void failureOfTheWholeServerIsLeftToSpring() {
        Terminal failing = new Terminal(arguments -> {
            throw new IllegalStateException("no");
        });
        assertThatThrownBy(failing::run).hasMessage("no");
    }

    @ParameterizedTest
    @CsvSource({
        "event-ingester, 'imaging.ingest imaging.retention'",
        "state-manager, 'imaging.state imaging.tape imaging.report'",
        "upload-worker, imaging.upload",
        "api, imaging.api",
        "replay, 'replay.ingest replay.egress replay.jobs replay.api replay.media replay.demo'"
    })
    void roleSwitchesEveryOtherStageOff(String role, String stages) {
        assertThat(terminal.run(role, "--server.port=0")).isEqualTo(CaravanCommandLine.GOES_ON);
        List<String> arguments = terminal.servers().get(0);
        assertThat(arguments)
                .contains("--server.port=0", "--imaging.demo.enabled=false")
                .hasSize(1 + 14 - stages.split(" ").length);
        for (String stage : stages.split(" ")) {
            assertThat(arguments).noneMatch(argument -> argument.startsWith("--" + stage));
        }
    }

    @Test
    void explicitSwitchWinsOverTheRole() {
        terminal.run("upload-worker", "--imaging.api.enabled=true");
        assertThat(terminal.servers().get(0))
                .contains("--imaging.api.enabled=true")
                .doesNotContain("--imaging.api.enabled=false");
    }

    @Test
    void roleThatCannotStartFails() {
        Terminal failing = new Terminal(arguments -> {
            throw new IllegalStateException("reported by Spring");
        });
        assertThat(failing.run("api")).isEqualTo(1);
        assertThat(failing.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evnt-ingester",
                "-port",
                "api now",
                "api --imgaes=3",
                "ingest-backlog",
                "ingest-backlog --start=yesterday --end=2024-02-01",
                "requeue-dead",
                "generate --interval=soon",
                "generate --count=-1",
                "generate --images=many",
                "purge --url=localhost:8080"
            })
    void wrongWordsGiveUsageAndExitCodeTwo(String line) {
        assertThat(terminal.run(line.split(" "))).isEqualTo(2);
        assertThat(terminal.err()).contains("Usage:");
        assertThat(terminal.servers()).isEmpty();
    }

    @Test
    void helpListsEveryCommand() {
        assertThat(terminal.run("--help")).isZero();
        assertThat(terminal.out())
                .contains("Usage: java -jar caravan.jar [command]")
                .contains("event-ingester", "state-manager", "upload-worker", "api")
                .contains("migrate", "create-groups", "init-dirs", "generate")
                .contains("ingest-backlog", "requeue-dead", "upload-again", "purge");
    }

    @Test
    void helpOfACommandListsItsOptions() {
        assertThat(terminal.run("ingest-backlog", "--help")).isZero();
        assertThat(terminal.out()).contains("--start", "--end", "--system", "--url", "CARAVAN_USER");
    }

    @Test
    void version() {
        assertThat(terminal.run("--version")).isZero();
        assertThat(terminal.out()).startsWith("Caravan ");
    }
}
