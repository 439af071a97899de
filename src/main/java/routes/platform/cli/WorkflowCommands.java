package routes.platform.cli;

import java.util.List;
import java.util.Set;

/** What a workflow adds to the command line. Listed in {@code META-INF/spring.factories} under this name. */
public interface WorkflowCommands {

    /** Its stages, {@code <workflow>.<stage>}: all that a role of any workflow does not name is switched off. */
    Set<String> stages();

    /** Its roles. */
    List<Role> roles();

    /**
     * Its one-shot commands: picocli commands that are {@code Callable<Integer>}.
     *
     * @param settings what stood on the command line beside the command
     */
    List<Object> commands(Settings settings);
}
