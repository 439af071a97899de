package routes.platform.rest.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.swagger.v3.oas.models.OpenAPI;
import org.jspecify.annotations.Nullable;

/**
 * The form in which the clients of one contract expect errors, as the contract declares it under {@value #EXTENSION}.
 *
 * @param invalidStatus status of a request with wrong fields
 * @param errorMember whether problems have a member {@code error} with the whole problem as one text
 * @param bodiesCheckedByRoutes whether the schemas of bodies are only documentation
 */
public record ProblemDialect(int invalidStatus, boolean errorMember, boolean bodiesCheckedByRoutes) {

    private static final String EXTENSION = "x-caravan";
    private static final int UNPROCESSABLE = 422;
    private static final ProblemDialect PLAIN = new ProblemDialect(UNPROCESSABLE, false, false);
    private static final String ERROR = "error";
    private static final String DETAIL = "detail";

    /** @param api null for a request without a contract */
    public static ProblemDialect of(@Nullable OpenAPI api) {
        if (api == null
                || api.getExtensions() == null
                || !(api.getExtensions().get(EXTENSION) instanceof Map<?, ?> said)) {
            return PLAIN;
        }
        return new ProblemDialect(
                said.get("invalid-status") instanceof Integer status ? status : UNPROCESSABLE,
                Boolean.TRUE.equals(said.get("error-member")),
                Boolean.TRUE.equals(said.get("bodies-checked-by-routes")));
    }

    Problem speak(Problem problem) {
        boolean wrongFields = problem.members().get(DETAIL) instanceof List<?>;
        int status = wrongFields ? invalidStatus : problem.status();
        Map<String, Object> members = new LinkedHashMap<>(problem.members());
        members.put("title", Problem.titleOf(status));
        members.put("status", status);
        if (errorMember) {
            members.putIfAbsent(ERROR, asText(problem.members().get(DETAIL)));
        }
        return new Problem(status, members);
    }

    private static String asText(@Nullable Object detail) {
        if (!(detail instanceof List<?> fields)) {
            return String.valueOf(detail);
        }
        return fields.stream().map(ProblemDialect::fieldAsText).collect(Collectors.joining("; "));
    }

    private static String fieldAsText(Object field) {
        if (field instanceof Map<?, ?> problem && problem.get("loc") instanceof List<?> location) {
            return location.stream().map(String::valueOf).collect(Collectors.joining(".")) + ": " + problem.get("msg");
        }
        return String.valueOf(field);
    }
}
