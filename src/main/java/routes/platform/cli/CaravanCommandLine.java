package routes.platform.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.springframework.core.io.support.SpringFactoriesLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses the arguments of the jar and runs what they ask for. */
public final class CaravanCommandLine {

    /** Returned instead of an exit code when the server runs and the process continues. */
    public static final int GOES_ON = -1;

    private static final Set<String> QUESTIONS = Set.of("-h", "--help", "-V", "--version");

    private final Consumer<String[]> server;
    private final PrintWriter out;
    private final PrintWriter err;

    /** @param server starts the server with Spring's arguments and returns when it runs */
    public CaravanCommandLine(Consumer<String[]> server) {
        this(server, new PrintWriter(System.out, true), new PrintWriter(System.err, true));
    }

    /** As above, with output to these writers. */
    public CaravanCommandLine(Consumer<String[]> server, PrintWriter out, PrintWriter err) {
        this.server = server;
        this.out = out;
        this.err = err;
    }

    /**
     * @return {@link #GOES_ON}, or the exit code: 0 done, 1 failed, 2 not understood
     * @throws RuntimeException when the whole server cannot start; the roles and commands give 1 instead
     */
    public int run(String... arguments) {
        if (Arrays.stream(arguments).allMatch(CaravanCommandLine::concernsTheServer)) {
            server.accept(arguments);
            return GOES_ON;
        }
        Map<Boolean, List<String>> split =
                Arrays.stream(arguments).collect(Collectors.partitioningBy(Settings::isSetting));
        return commandLine(new Settings(split.get(true)))
                .execute(split.get(false).toArray(String[]::new));
    }

    /** Not only keys, since Spring also knows {@code --debug}. */
    private static boolean concernsTheServer(String argument) {
        return argument.startsWith("--") && !QUESTIONS.contains(argument);
    }

    private CommandLine commandLine(Settings settings) {
        List<WorkflowCommands> workflows =
                SpringFactoriesLoader.forDefaultResourceLocation().load(WorkflowCommands.class);
        CommandLine root = new CommandLine(new Root());
        Set<String> stages = workflows.stream()
                .flatMap(workflow -> workflow.stages().stream())
                .collect(Collectors.toSet());
        for (WorkflowCommands workflow : workflows) {
            workflow.roles().forEach(role -> root.addSubcommand(role.name(), roleCommand(role, stages, settings)));
        }
        root.addSubcommand(new MigrateCommand(settings));
        root.addSubcommand(new ConfigCommand());
        workflows.forEach(workflow -> workflow.commands(settings).forEach(root::addSubcommand));
        return root.setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(CaravanCommandLine::explain)
                .setExecutionExceptionHandler(CaravanCommandLine::report);
    }

    private static int explain(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        command.getErr().println(mistake.getMessage());
        UnmatchedArgumentException.printSuggestions(mistake, command.getErr());
        command.usage(command.getErr());
        return CommandLine.ExitCode.USAGE;
    }

    private static int report(Exception failure, CommandLine command, ParseResult parsed) {
        if (!(failure instanceof StartFailedException)) {
            command.getErr().println(Reasons.of(failure));
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private CommandSpec roleCommand(Role role, Set<String> stages, Settings settings) {
        Set<String> others = new TreeSet<>(stages);
        others.removeAll(role.stages());
        Callable<Integer> start = () -> StartFailedException.of(() -> {
            server.accept(settings.with(others.stream()
                    .collect(Collectors.toMap(
                            stage -> stage + ".enabled", stage -> "false", (a, b) -> a, TreeMap::new))));
            return GOES_ON;
        });
        CommandSpec command = CommandSpec.wrapWithoutInspection(start).mixinStandardHelpOptions(true);
        command.usageMessage()
                .description(role.description() + " (" + String.join(", ", new TreeSet<>(role.stages())) + ").");
        return command;
    }

    /** Never run itself: without a command the server starts. */
    @Command(
            name = "caravan.jar",
            mixinStandardHelpOptions = true,
            versionProvider = BuildVersion.class,
            synopsisHeading = "Usage: java -jar ",
            customSynopsis = "caravan.jar [command] [options] [--key=value …]",
            description = {
                "%nMoves media and compute work between machines, as Apache Camel routes.",
                "Without a command everything runs. Any configuration key may be given as --key=value.%n"
            },
            footer = {
                "%nExit code: 0 done, 1 failed, 2 not understood.",
                "Options of a command: java -jar caravan.jar <command> --help"
            })
    private static final class Root {}
}
