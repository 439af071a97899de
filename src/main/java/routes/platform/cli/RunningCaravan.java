package routes.platform.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/**
 * Options of a command that operates a Caravan that runs, and the way to it: its REST API. A second process could not
 * open the H2 file.
 */
public final class RunningCaravan {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    /** Deleting or publishing a lot takes time; yet nobody should wait forever on a lost connection. */
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(10);

    private static final int UNAUTHORIZED = 401;
    private static final int FIRST_ERROR = 300;

    private final Settings settings;
    private final Map<String, String> environment;
    private final ObjectMapper json = new ObjectMapper();

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Where Caravan runs; by default http://127.0.0.1:<server.port>. User and password come from the"
                            + " environment: CARAVAN_USER, CARAVAN_PASSWORD.")
    private @Nullable URI url;

    public RunningCaravan(Settings settings) {
        this(settings, System.getenv());
    }

    @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
    RunningCaravan(Settings settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = environment;
    }

    /**
     * Prints the answer on standard output, or the problem on standard error.
     *
     * @param path with leading slash, and query if any
     * @param body sent as JSON; nothing is sent when it is empty
     * @return exit code, 0 for an answer, 1 for a problem
     */
    public int post(String path, Map<String, ?> body) throws IOException, InterruptedException {
        URI target = address().resolve(path);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .build();
        try {
            HttpResponse<String> response =
                    client.send(request(target, body), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return show(response);
        } catch (ConnectException e) {
            return complain("No Caravan answers at %s. Is it running? Another place is given with --url."
                    .formatted(target.resolve("/")));
        } catch (HttpTimeoutException e) {
            return complain("%s did not answer in time; it may still be working. Asking again does no harm."
                    .formatted(target.resolve("/")));
        }
    }

    private HttpRequest request(URI target, Map<String, ?> body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(ANSWER_LIMIT)
                .header("Accept", "application/json, application/problem+json");
        if (body.isEmpty()) {
            request.POST(HttpRequest.BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
        }
        String user = environment.get("CARAVAN_USER");
        if (user != null) {
            byte[] credentials =
                    (user + ":" + environment.getOrDefault("CARAVAN_PASSWORD", "")).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
        }
        return request.build();
    }

    private URI address() {
        if (url == null) {
            return URI.create("http://127.0.0.1:" + configuredPort());
        }
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new ParameterException(
                    command.commandLine(), "--url must look like http://host:port or https://host:port");
        }
        return url;
    }

    private String configuredPort() {
        try (ConfigurableApplicationContext context = settings.open(NothingButConfiguration.class)) {
            String port = context.getEnvironment().getProperty("server.port", "8080");
            if (port.equals("0")) {
                throw new ParameterException(
                        command.commandLine(), "server.port is 0, so the port is not known here: add --url");
            }
            return port;
        }
    }

    private int show(HttpResponse<String> response) throws IOException {
        Answer answer = new Answer(json, response.body());
        if (response.statusCode() < FIRST_ERROR) {
            command.commandLine().getOut().print(answer.asText());
            command.commandLine().getOut().flush();
            return 0;
        }
        String hint = response.statusCode() == UNAUTHORIZED
                ? "%nUser and password are read from CARAVAN_USER and CARAVAN_PASSWORD.".formatted()
                : "";
        return complain(answer.asProblem(response.statusCode()) + hint);
    }

    private int complain(String sentence) {
        command.commandLine().getErr().println(sentence);
        return 1;
    }

    static class NothingButConfiguration {}
}
