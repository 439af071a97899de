package routes.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program of somebody else that runs to its end.
 *
 * @param path where it is
 * @param environment variables added to those of this process
 */
public record ForeignProgram(Path path, Map<String, String> environment) {

    private static final long PATIENCE_SECONDS = 90;

    ForeignProgram(Path path) {
        this(path, Map.of());
    }

    public ForeignProgram with(String variable, String value) {
        Map<String, String> extended = new HashMap<>(environment);
        extended.put(variable, value);
        return new ForeignProgram(path, Map.copyOf(extended));
    }

    /** What it wrote to standard output. */
    public String run(String... arguments) {
        Outcome outcome = execute(arguments);
        if (outcome.code() != 0) {
            throw new AssertionError("%s %s ended with %d:%n%s%s"
                    .formatted(path, String.join(" ", arguments), outcome.code(), outcome.output(), outcome.errors()));
        }
        return outcome.output();
    }

    /** What it wrote to standard error, however it ended. */
    public String errorsOf(String... arguments) {
        return execute(arguments).errors();
    }

    public boolean succeeds(String... arguments) {
        return execute(arguments).code() == 0;
    }

    private Outcome execute(String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of(path.toString()));
            command.addAll(List.of(arguments));
            Path output = Files.createTempFile("caravan-peer", ".out");
            Path errors = Files.createTempFile("caravan-peer", ".err");
            try {
                return new Outcome(
                        waitFor(command, output, errors), Files.readString(output), Files.readString(errors));
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int waitFor(List<String> command, Path output, Path errors) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(String.join(" ", command) + " did not end within " + PATIENCE_SECONDS + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    private record Outcome(int code, String output, String errors) {}
}
