package routes.platform.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the list of keys that is part of the jar. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Prints every configuration key with its meaning, unit and default, as YAML.")
final class ConfigCommand implements Callable<Integer> {

    /** Required, so that printing the effective configuration could become another option. */
    @Option(names = "--defaults", required = true, description = "Print the defaults.")
    private boolean defaults;

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the annotated fields
    ConfigCommand() {}

    @Override
    public Integer call() throws IOException {
        try (InputStream keys = ConfigCommand.class.getResourceAsStream("/application.yaml")) {
            if (keys == null) {
                throw new FileNotFoundException("application.yaml is not in the jar");
            }
            spec.commandLine().getOut().print(new String(keys.readAllBytes(), StandardCharsets.UTF_8));
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
