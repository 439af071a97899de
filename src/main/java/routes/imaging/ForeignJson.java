package routes.imaging;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;

/** Reads the JSON that microscopes write: one document a file, and nothing that could not be written again. */
final class ForeignJson {

    /** Far below Jackson's limit for writing, since the document is nested again in the entry of the stream. */
    private static final int MAX_DEPTH = 200;

    private ForeignJson() {}

    static ObjectReader reader(ObjectMapper json) {
        ObjectMapper bounded = json.copy();
        bounded.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
        return bounded.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
}
