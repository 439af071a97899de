package routes.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.util.TestSocketUtils;
import routes.component.framestore.api.StoredEntry;
import routes.platform.Peers;

import static org.assertj.core.api.Assertions.assertThat;

/** A source and a sink on libzmq and Google's protobuf, which know of Caravan nothing but the protocol. */
@Tag("peer")
@Timeout(60)
class SavantPeerTest {

    private static final String SCRIPT = "src/test/resources/peers/savant_peer.py";
    private static final int FRAMES = 50;

    private final ObjectMapper json = new ObjectMapper();
    private final List<Process> processes = new ArrayList<>();
    private String python;

    @TempDir
    private Path folder;

    @BeforeEach
    void findPython() {
        Peers.requirePython("google.protobuf");
        python = Peers.requirePython("zmq").path().toString();
    }

    @AfterEach
    void endProcesses() {
        processes.forEach(process -> process.destroyForcibly().onExit().join());
    }

    @ParameterizedTest(name = "RP109 from a {0} of libzmq to our {1}, and from our {2} to a {3} of libzmq")
    @CsvSource({"dealer, router, dealer, router", "req, rep, req, rep", "pub, sub, pub, sub"})
    @DisplayName("RP109 frames of a foreign source are recorded and arrive at a foreign sink as they were")
    void throughCaravan(String sourceType, String inType, String outType, String sinkType) {
        String outAddress = "tcp://127.0.0.1:" + TestSocketUtils.findAvailableTcpPort();
        boolean subscribes = sinkType.equals("sub");
        BufferedReader sink = start("sink", sinkType, outAddress);
        assertThat(read(sink)).isEqualTo("ready");
        try (ReplaySlice replay = new ReplaySlice(
                folder,
                "in-stream.url=" + inType + "+bind:tcp://127.0.0.1:0",
                "out-stream.url=" + outType + (subscribes ? "+bind:" : "+connect:") + outAddress)) {
            BufferedReader source = start("source", sourceType, replay.address(), "cam-1", String.valueOf(FRAMES));
            assertThat(next(sink).path("topic").asText()).isEqualTo("hello");
            tellToGo();
            assertThat(read(source)).isEqualTo("sent");

            List<JsonNode> received = receiveStream(sink);

            assertThat(received).hasSize(FRAMES + 1);
            assertThat(received.subList(0, FRAMES))
                    .extracting(frame -> frame.path("pts").asLong())
                    .containsExactlyElementsOf(
                            IntStream.range(0, FRAMES).mapToObj(i -> i * 3_600L).toList());
            JsonNode sixth = received.get(5);
            assertThat(sixth.path("keyframe").asBoolean()).isTrue();
            assertThat(sixth.path("uuid").asText()).isEqualTo("019b76da-a8c8-7000-8000-000000000005");
            assertThat(sixth.path("data").get(0).asText()).isEqualTo("picture 5");
            assertThat(sixth.path("version").asText()).isEqualTo("1.15.1");
            assertThat(received.get(FRAMES).path("end").asText()).isEqualTo("cam-1");
            List<StoredEntry> stored = replay.stored("cam-1", FRAMES + 1);
            assertThat(stored.get(5).parts().get(1))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("picture 5");
            replay.closeNow();
        }
    }

    private List<JsonNode> receiveStream(BufferedReader sink) {
        List<JsonNode> received = new ArrayList<>();
        while (received.isEmpty()
                || received.get(received.size() - 1).path("end").asText().isEmpty()) {
            JsonNode message = next(sink);
            if (message.path("topic").asText().equals("cam-1")) {
                received.add(message);
            }
        }
        return received;
    }

    private BufferedReader start(String... arguments) {
        List<String> command = new ArrayList<>(List.of(python, SCRIPT));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            processes.add(process);
            return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tellToGo() {
        try (var input = processes.get(1).getOutputStream()) {
            input.write("go\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode next(BufferedReader output) {
        try {
            return json.readTree(read(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(BufferedReader output) {
        try {
            String line = output.readLine();
            assertThat(line).as("the peer still runs").isNotNull();
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
