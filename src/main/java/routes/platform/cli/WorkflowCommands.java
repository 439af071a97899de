package routes.platform.cli;

import java.util.List;
import java.util.Set;

/** What a workflow adds to the command line. Listed in {@code META-INF/spring.factories} under this name. */
public interface WorkflowCommands {

    /**
     * Its stages, {@code <workflow>.<stage>}. A role switches off every stage, of any workflow, that it does not
     * name.
     */
    Set<String> stages();

    /** Its roles. */
    List<Role> roles();

    /**
     * Its one-shot commands: picocli commands that are {@code Callable<Integer>}.
     *
     * @param settings the keys that were given on the command line beside the command
     */
    List<Object> commands(Settings settings);
}
