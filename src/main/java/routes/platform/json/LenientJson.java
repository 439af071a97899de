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

    /** Far below Jackson's limit for writing, since the document becomes part of a stream entry. */
    public static final int MAX_DEPTH = 200;

    /** A part of some of Jackson's messages, which before the line says only that the source is not shown. */
    private static final Pattern PLACE = Pattern.compile("\\[Source: .*?; line: (\\d+), column: (\\d+)]");

    /** A part of a message that names the setting of a limit or dialect, which only a programmer can change. */
    private static final Pattern SETTING = Pattern.compile(
            ", from `[^`]*`|:? \\(?enable `[^`]*` to allow\\)?| \\(not recognized as one since Feature [^)]*\\)");

    private static final Pattern FOR_PROGRAMMERS = Pattern.compile("`|Feature|ALLOW_|\\b(com|java|org)\\.");

    private LenientJson() {}

    /** Describes the problem with its line and column, for whoever has to correct the text. */
    public static String explain(JsonProcessingException problem) {
        String message = problem.getOriginalMessage();
        String what = message.startsWith("Trailing token") // the rest is about settings of Jackson
                ? "more text follows its end"
                : SETTING.matcher(PLACE.matcher(message).replaceAll("line $1, column $2"))
                        .replaceAll("");
        if (FOR_PROGRAMMERS.matcher(what).find()) {
            what = "the text here is not valid JSON syntax";
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

    /** Replaces each number that JSON cannot express, NaN and infinity, by null. */
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
