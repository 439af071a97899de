package routes.imaging;

import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

/** Reads the JSON that microscopes write: one document a file, and nothing that could not be written again. */
final class ForeignJson {

    /** Far below Jackson's limit for writing, since the document is nested again in the entry of the stream. */
    private static final int MAX_DEPTH = 200;

    /** In some of Jackson's messages: before the line it says only that the source is not shown. */
    private static final Pattern PLACE = Pattern.compile("\\[Source: .*?; line: (\\d+), column: (\\d+)]");

    /** Where a limit is set, which only a programmer can do. */
    private static final Pattern SETTING = Pattern.compile(", from `[^`]*`");

    private ForeignJson() {}

    /** What is wrong and in which line and column, for whoever has to correct the text. */
    static String explain(JsonProcessingException problem) {
        String message = problem.getOriginalMessage();
        String what = message.startsWith("Trailing token") // and goes on about settings of Jackson's
                ? "more text follows its end"
                : SETTING.matcher(PLACE.matcher(message).replaceAll("line $1, column $2"))
                        .replaceAll("");
        JsonLocation where = problem.getLocation();
        return where == null || where.getLineNr() < 1
                ? what
                : what + " (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")";
    }

    static ObjectReader reader(ObjectMapper json) {
        ObjectMapper bounded = json.copy();
        bounded.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
        return bounded.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
}
