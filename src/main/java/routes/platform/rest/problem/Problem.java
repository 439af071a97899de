package routes.platform.rest.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.http.HttpStatus;
import routes.platform.BadRequestException;
import routes.platform.FieldProblem;

/**
 * The body of every HTTP error: problem details as in RFC 9457, with one deviation: the {@code detail} of a 422 is a
 * list of wrong fields, as the clients of the imaging archiver expect it.
 *
 * @param status the HTTP status
 * @param members the members in the order they are written
 */
public record Problem(int status, Map<String, Object> members) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** How many characters of a wrong input are repeated in an answer. */
    private static final int INPUT_LIMIT = 200;

    public static Problem of(int status, String detail) {
        return new Problem(status, describe(status, detail));
    }

    /** A failure on our side: the answer says nothing about its cause but has an id that is also in the log. */
    static Problem failure(int status, String errorId) {
        Map<String, Object> members = describe(status, titleOf(status));
        members.put("error_id", errorId);
        return new Problem(status, members);
    }

    static Problem badRequest(BadRequestException refusal) {
        int status = HttpStatus.BAD_REQUEST.value();
        Map<String, Object> members = describe(status, String.valueOf(refusal.getMessage()));
        members.put("error", refusal.error());
        members.put("details", refusal.details());
        return new Problem(status, members);
    }

    public static Problem invalid(List<FieldProblem> problems) {
        int status = HttpStatus.UNPROCESSABLE_ENTITY.value();
        return new Problem(
                status,
                describe(status, problems.stream().map(Problem::describe).toList()));
    }

    static String titleOf(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }

    private static Map<String, Object> describe(int status, Object detail) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", "about:blank");
        members.put("title", titleOf(status));
        members.put("status", status);
        members.put("detail", detail);
        return members;
    }

    private static Map<String, Object> describe(FieldProblem problem) {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("type", problem.code());
        field.put("loc", problem.location());
        field.put("msg", problem.message());
        String input = problem.input();
        field.put("input", input == null || input.length() <= INPUT_LIMIT ? input : input.substring(0, INPUT_LIMIT));
        return field;
    }
}
