package routes.platform;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The input is wrong and will stay wrong: trying it again is pointless. Over HTTP it becomes a 422 with every
 * problem in it; from a queue or a stream the message goes to the dead letters at once.
 */
public class InvalidInputException extends RuntimeException {

    private final transient List<FieldProblem> problems;

    public InvalidInputException(FieldProblem problem) {
        this(List.of(problem));
    }

    public InvalidInputException(List<FieldProblem> problems) {
        super(problems.stream()
                .map(problem -> String.join(".", problem.location()) + ": " + problem.message())
                .collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** At least one. */
    public List<FieldProblem> problems() {
        return problems;
    }
}
