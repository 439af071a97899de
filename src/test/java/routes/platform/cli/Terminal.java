package routes.platform.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs the command line in this process and keeps what it says and what it starts. */
public final class Terminal {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<List<String>> servers = new ArrayList<>();
    private final CaravanCommandLine commandLine;

    public Terminal() {
        this(arguments -> {});
    }

    Terminal(Consumer<String[]> server) {
        commandLine = new CaravanCommandLine(
                server.andThen(arguments -> servers.add(List.of(arguments))),
                new PrintWriter(out, true),
                new PrintWriter(err, true));
    }

    public int run(String... arguments) {
        return commandLine.run(arguments);
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }

    /** Arguments of each server that was started. */
    List<List<String>> servers() {
        return servers;
    }
}
