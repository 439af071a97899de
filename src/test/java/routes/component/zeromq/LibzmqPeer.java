package routes.component.zeromq;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.zeromq.ZMQ;
import routes.platform.Peers;

/** A process with libzmq sockets that do what the test says, one command after the other. */
final class LibzmqPeer implements AutoCloseable {

    private static final Path SCRIPT = Path.of("src/test/resources/peers/zmq_peer.py");

    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;

    /** Skips the test where Python or its module zmq is missing. */
    LibzmqPeer() {
        String python = Peers.requirePython("zmq").path().toString();
        try {
            process = new ProcessBuilder(python, SCRIPT.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Returns the address with the port it got. */
    String bind(String socket, String type, String address, Map<String, Object> options) {
        return tell(Map.of(
                        "do", "open", "socket", socket, "type", type, "address", address, "bind", true, "options",
                        options))
                .asText();
    }

    void connect(String socket, String type, String address, Map<String, Object> options) {
        tell(Map.of("do", "open", "socket", socket, "type", type, "address", address, "options", options));
    }

    void send(String socket, String... frames) {
        tell(Map.of("do", "send", "socket", socket, "frames", List.of(frames)));
    }

    /** How many were accepted before the socket refused one for 300 ms. */
    int sendMany(String socket, int count, int size) {
        return tell(Map.of("do", "sendMany", "socket", socket, "count", count, "size", size))
                .asInt();
    }

    /** Null when nothing came in 5 s. */
    @Nullable
    List<String> receive(String socket) {
        return receive(socket, 5_000);
    }

    @Nullable
    List<String> receive(String socket, int millis) {
        JsonNode frames = tell(Map.of("do", "receive", "socket", socket, "timeout", millis));
        return frames.isNull() ? null : texts(frames);
    }

    List<List<String>> receiveMany(String socket, int count, int millis) {
        List<List<String>> messages = new ArrayList<>();
        tell(Map.of("do", "receiveMany", "socket", socket, "count", count, "timeout", millis))
                .forEach(frames -> messages.add(texts(frames)));
        return messages;
    }

    void sendBig(String socket, int size) {
        tell(Map.of("do", "sendBig", "socket", socket, "size", size));
    }

    JsonNode receiveBig(String socket) {
        return tell(Map.of("do", "receiveBig", "socket", socket));
    }

    Keys keys() {
        JsonNode pair = tell(Map.of("do", "keys"));
        return new Keys(pair.path("public").asText(), pair.path("secret").asText());
    }

    void close(String socket) {
        tell(Map.of("do", "close", "socket", socket));
    }

    /** As a hung machine: connections stay open, nothing moves. */
    void freeze() {
        try {
            new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private JsonNode tell(Map<String, Object> command) {
        try {
            commands.println(json.writeValueAsString(new HashMap<>(command)));
            String answer = answers.readLine();
            if (answer == null) {
                throw new AssertionError("The libzmq peer ended at " + command.get("do"));
            }
            JsonNode parsed = json.readTree(answer);
            if (parsed.has("error")) {
                throw new AssertionError(
                        command.get("do") + ": " + parsed.path("error").asText());
            }
            return parsed.path("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(JsonNode frames) {
        List<String> texts = new ArrayList<>();
        frames.forEach(frame -> texts.add(frame.asText()));
        return texts;
    }

    /** A CURVE key pair in Z85. */
    record Keys(String publicKey, String secretKey) {

        /** For URIs, where Z85 can mean something else. */
        String publicHex() {
            return hex(publicKey);
        }

        String secretHex() {
            return hex(secretKey);
        }

        private static String hex(String key) {
            return HexFormat.of().formatHex(ZMQ.Curve.z85Decode(key));
        }
    }
}
