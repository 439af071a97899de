package routes.platform.rest.contract;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.interaction.ApiOperationResolver;
import com.atlassian.oai.validator.model.ApiOperation;
import com.atlassian.oai.validator.model.ApiOperationMatch;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport.Level;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.parameters.Parameter;
import routes.platform.FieldProblem;
import routes.platform.rest.problem.Problem;
import routes.platform.rest.problem.ProblemDialect;

/** One OpenAPI contract, ready to check requests. Creating one takes a few hundred milliseconds. */
class Contract {

    private final ParameterParser parser = new ParameterParser();
    private final ValidationReportReader reader = new ValidationReportReader();
    private final ApiOperationResolver operations;
    private final OpenApiInteractionValidator validator;
    private final ProblemDialect dialect;

    Contract(OpenAPI api) {
        dialect = ProblemDialect.of(api);
        operations = new ApiOperationResolver(api, null, false);
        validator = OpenApiInteractionValidator.createFor(api)
                .withLevelResolver(LevelResolver.create()
                        // Spring Security decides who is admitted; MediaTypes compares the media types.
                        .withLevel("validation.request.security", Level.IGNORE)
                        .withLevel("validation.request.accept", Level.IGNORE)
                        .withLevel("validation.request.contentType", Level.IGNORE)
                        .build())
                .build();
    }

    /** Empty when the contract has no such operation. */
    Optional<Checked> check(ContractRequest request) {
        ApiOperationMatch match = operations.findApiOperation(request.path(), Request.Method.valueOf(request.method()));
        return match.isPathFound() && match.isOperationAllowed()
                ? Optional.of(check(match.getApiOperation(), request))
                : Optional.empty();
    }

    private Checked check(ApiOperation operation, ContractRequest request) {
        MediaTypes types = new MediaTypes(operation.getOperation());
        Optional<String> body = Optional.empty();
        // A body is ignored where the operation has none.
        if (request.body() != null && types.hasBody()) {
            if (!types.reads(request.contentType())) {
                return Checked.refused(Problem.of(415, "The body must be: " + types.readable() + ", in UTF-8"));
            }
            body = decode(request.body());
            if (body.isEmpty()) {
                return Checked.refused(Problem.of(400, "The body is not UTF-8"));
            }
        }
        Optional<String> answerType = types.answerFor(request.accept());
        if (answerType.isEmpty()) {
            return Checked.refused(Problem.of(406, "The answer is available as: " + types.writable()));
        }
        return checkFields(operation, request, body, types.hasBody() ? Optional.empty() : answerType);
    }

    private static Optional<String> decode(byte[] body) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private Checked checkFields(
            ApiOperation operation, ContractRequest request, Optional<String> body, Optional<String> answerType) {
        Reading reading = read(operation, request);
        SimpleRequest.Builder spelled = new SimpleRequest.Builder(request.method(), reading.path(operation), false);
        reading.queryTexts.forEach((name, text) -> spelled.withQueryParam(name, text));
        body.ifPresent(text -> spelled.withContentType("application/json").withBody(text));
        reader.read(validator.validateRequest(spelled.build())).stream()
                .filter(problem -> isChecked(problem, body))
                .forEach(reading::add);
        return reading.problems.isEmpty()
                ? new Checked(Optional.empty(), reading.declared, reading.values, body, answerType)
                : Checked.refused(Problem.invalid(List.copyOf(reading.problems.values())));
    }

    /** A missing body is noticed here even if the routes check the contents of bodies. */
    private boolean isChecked(FieldProblem problem, Optional<String> body) {
        boolean inBody = "body".equals(problem.location().get(0));
        return !inBody || body.isEmpty() || !dialect.bodiesCheckedByRoutes();
    }

    private Reading read(ApiOperation operation, ContractRequest request) {
        Reading reading = new Reading(pathValues(operation));
        QueryString query = new QueryString(request.query());
        for (Parameter parameter : parametersOf(operation)) {
            String name = parameter.getName();
            Optional<String> given = "path".equals(parameter.getIn())
                    ? Optional.ofNullable(reading.pathTexts.get(name))
                    : query.value(name).or(() -> defaultOf(parameter));
            reading.declared.add(name);
            given.ifPresent(text -> reading.take(parameter, text));
        }
        return reading;
    }

    private static List<Parameter> parametersOf(ApiOperation operation) {
        List<Parameter> declared = operation.getOperation().getParameters();
        return declared == null
                ? List.of()
                : declared.stream()
                        .filter(parameter -> Set.of("path", "query").contains(parameter.getIn()))
                        .toList();
    }

    private static Optional<String> defaultOf(Parameter parameter) {
        return Optional.ofNullable(parameter.getSchema())
                .map(schema -> schema.getDefault())
                .map(Object::toString);
    }

    private static Map<String, String> pathValues(ApiOperation operation) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int part = 0; part < operation.getApiPath().numberOfParts(); part++) {
            if (operation.getApiPath().hasParams(part)) {
                operation
                        .getApiPath()
                        .paramValues(part, operation.getRequestPath().part(part))
                        .forEach((name, value) -> value.ifPresent(text -> values.put(name, text)));
            }
        }
        return values;
    }

    /** The parameters of one request while they are read. */
    private final class Reading {

        private final Set<String> declared = new LinkedHashSet<>();
        private final Map<String, Object> values = new LinkedHashMap<>();
        private final Map<List<String>, String> given = new LinkedHashMap<>();
        private final Map<List<String>, FieldProblem> problems = new LinkedHashMap<>();
        private final Map<String, String> queryTexts = new LinkedHashMap<>();
        private final Map<String, String> pathTexts;

        Reading(Map<String, String> pathTexts) {
            this.pathTexts = pathTexts;
        }

        void take(Parameter parameter, String text) {
            given.put(ParameterParser.locationOf(parameter), text);
            String spelled = text;
            try {
                ParameterParser.Parsed parsed = parser.parse(parameter, text);
                values.put(parameter.getName(), parsed.value());
                spelled = parsed.text();
            } catch (ParameterParser.UnreadableException e) {
                add(e.problem());
            }
            ("path".equals(parameter.getIn()) ? pathTexts : queryTexts).put(parameter.getName(), spelled);
        }

        /**
         * Only the first problem of a field counts: a value that cannot be read need not also be reported as too
         * small.
         */
        void add(FieldProblem problem) {
            String input = problem.input() == null ? given.get(problem.location()) : problem.input();
            problems.putIfAbsent(
                    problem.location(), new FieldProblem(problem.location(), problem.code(), problem.message(), input));
        }

        String path(ApiOperation operation) {
            String path = operation.getApiPath().original();
            for (Map.Entry<String, String> text : pathTexts.entrySet()) {
                path = path.replace("{" + text.getKey() + "}", text.getValue());
            }
            return path;
        }
    }

    /**
     * @param refusal the problem to answer; empty when the request may go on
     * @param declared the names of the parameters the operation has
     * @param values the declared parameters, as given or by default, in the contract's types
     * @param body as text; empty when there is none, or the operation has none
     * @param answerType the media type the client prefers; empty for an operation with a body, which has its own
     */
    record Checked(
            Optional<Problem> refusal,
            Set<String> declared,
            Map<String, Object> values,
            Optional<String> body,
            Optional<String> answerType) {

        static Checked refused(Problem problem) {
            return new Checked(Optional.of(problem), Set.of(), Map.of(), Optional.empty(), Optional.empty());
        }
    }
}
