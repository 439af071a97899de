package routes.platform.json;

import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Reads the JSON that microscopes and scripts write: one document a file, also with the NaN and Infinity of Python, a
 * comma after the last member, or a line break within a string.
 */
public final class LenientJson {

    /** Far below Jackson's limit for writing, since the document is nested again in the entry of the stream. */
    public static final int MAX_DEPTH = 200;

    /** In some of Jackson's messages: before the line it says only that the source is not shown. */
    private static final Pattern PLACE = Pattern.compile("\\[Source: .*?; line: (\\d+), column: (\\d+)]");

    /** Where a limit is set or a dialect allowed, which only a programmer can do. */
    private static final Pattern SETTING = Pattern.compile(
            ", from `[^`]*`|:? \\(?enable `[^`]*` to allow\\)?| \\(not recognized as one since Feature [^)]*\\)");

    private static final Pattern FOR_PROGRAMMERS = Pattern.compile("`|Feature|ALLOW_|\\b(com|java|org)\\.");

    private LenientJson() {}

    /** What is wrong and in which line and column, for whoever has to correct the text. */
    public static String explain(JsonProcessingException problem) {
        String message = problem.getOriginalMessage();
        String what = message.startsWith("Trailing token") // and goes on about settings of Jackson's
                ? "more text follows its end"
                : SETTING.matcher(PLACE.matcher(message).replaceAll("line $1, column $2"))
                        .replaceAll("");
        if (FOR_PROGRAMMERS.matcher(what).find()) {
            what = "it does not go on as JSON";
        }
        JsonLocation where = problem.getLocation();
        return where == null || where.getLineNr() < 1
                ? what
                : what + " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")";
    }

    public static ObjectReader reader(ObjectMapper json, int maxDepth) {
        ObjectMapper bounded = json.copy();
        bounded.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .build());
        return bounded.reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .withFeatures(
                        JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS,
                        JsonReadFeature.ALLOW_TRAILING_COMMA,
                        JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS);
    }

    /** The same with null for each number that JSON cannot write: NaN and the infinite ones. */
    public static JsonNode withoutNaN(JsonNode node) {
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            return NullNode.getInstance();
        }
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                member.setValue(withoutNaN(member.getValue()));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, withoutNaN(array.get(i)));
            }
        }
        return node;
    }
}
