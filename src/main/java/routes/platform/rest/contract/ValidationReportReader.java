package routes.platform.rest.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.atlassian.oai.validator.report.ValidationReport;
import com.atlassian.oai.validator.report.ValidationReport.Message;
import com.atlassian.oai.validator.report.ValidationReport.MessageContext;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import routes.platform.FieldProblem;

/** Translates the report of the validator into the codes and words of the original API. */
class ValidationReportReader {

    private static final String SCHEMA = ".schema.";
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry("minimum", "greater_than_equal"),
            Map.entry("maximum", "less_than_equal"),
            Map.entry("enum", "enum"),
            Map.entry("pattern", "string_pattern_mismatch"),
            Map.entry("minLength", "string_too_short"),
            Map.entry("maxLength", "string_too_long"),
            Map.entry("minItems", "too_short"),
            Map.entry("maxItems", "too_long"),
            Map.entry("additionalProperties", "extra_forbidden"),
            Map.entry("type", "type_error"),
            Map.entry("format", "value_error"));

    List<FieldProblem> read(ValidationReport report) {
        return report.getMessages().stream()
                .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
                .flatMap(this::read)
                .toList();
    }

    private Stream<FieldProblem> read(Message message) {
        MessageContext context = message.getContext().orElseGet(MessageContext::empty);
        Optional<Parameter> parameter = context.getParameter();
        return parameter.isPresent() ? readParameter(message, parameter.get()) : readBody(message, context);
    }

    private static Stream<FieldProblem> readParameter(Message message, Parameter parameter) {
        List<String> location = ParameterParser.locationOf(parameter);
        if (message.getKey().endsWith(".missing")) {
            return Stream.of(missing(location));
        }
        String keyword = keywordOf(message);
        return Stream.of(
                new FieldProblem(location, codeOf(keyword), wordsOf(keyword, parameter.getSchema(), message), null));
    }

    private static Stream<FieldProblem> readBody(Message message, MessageContext context) {
        String keyword = keywordOf(message);
        List<String> location = bodyLocation(context);
        return switch (keyword) {
            case "missing" -> Stream.of(missing(location));
            case "invalidJson" ->
                Stream.of(new FieldProblem(location, "json_invalid", "The body is not valid JSON", null));
            case "required" -> namesIn(message.getMessage()).map(name -> missing(append(location, name)));
            default -> Stream.of(new FieldProblem(location, codeOf(keyword), wordsOf(keyword, null, message), null));
        };
    }

    private static FieldProblem missing(List<String> location) {
        return new FieldProblem(location, "missing", "Field required", null);
    }

    private static String keywordOf(Message message) {
        String key = message.getKey();
        int schema = key.lastIndexOf(SCHEMA);
        if (schema >= 0) {
            return key.substring(schema + SCHEMA.length());
        }
        return key.contains(".enum") ? "enum" : key.substring(key.lastIndexOf('.') + 1);
    }

    private static String codeOf(String keyword) {
        return CODES.getOrDefault(keyword, "value_error");
    }

    private static String wordsOf(String keyword, @Nullable Schema<?> schema, Message message) {
        if (schema == null) {
            return message.getMessage();
        }
        return switch (keyword) {
            case "minimum" -> "Input should be greater than or equal to " + schema.getMinimum();
            case "maximum" -> "Input should be less than or equal to " + schema.getMaximum();
            case "enum" ->
                "Input should be one of "
                        + String.join(
                                ", ",
                                schema.getEnum().stream().map(String::valueOf).toList());
            case "minLength" -> "String should have at least " + schema.getMinLength() + " characters";
            case "maxLength" -> "String should have at most " + schema.getMaxLength() + " characters";
            case "pattern" -> "String should match pattern " + schema.getPattern();
            default -> message.getMessage();
        };
    }

    private static List<String> bodyLocation(MessageContext context) {
        List<String> location = new ArrayList<>(List.of("body"));
        context.getPointers().map(MessageContext.Pointers::getInstance).stream()
                .flatMap(pointer -> Stream.of(pointer.split("/")))
                .filter(part -> !part.isEmpty())
                .map(part -> part.replace("~1", "/").replace("~0", "~"))
                .forEach(location::add);
        return location;
    }

    private static Stream<String> namesIn(String text) {
        Matcher names = QUOTED.matcher(text);
        return names.results().map(name -> name.group(1));
    }

    private static List<String> append(List<String> location, String name) {
        List<String> longer = new ArrayList<>(location);
        longer.add(name);
        return longer;
    }
}
