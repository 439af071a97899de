package routes.replay;

import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where a job sends to.
 *
 * @param options absent: those of the service
 * @param curve name of the keys to connect with; absent: not encrypted
 */
record JobSink(SocketUrl<WriterType> url, Optional<SinkOptions> options, Optional<String> curve) {

    /** What has a meaning in endpoints and placeholders of Camel, and could smuggle options in. */
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._/:*@+~-]");

    static JobSink read(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        SocketUrl<WriterType> url = fields.required("url", JobSink::url);
        Optional<SinkOptions> options = fields.optional("options", SinkOptions::read);
        Optional<String> curve = fields.optional("curve", JsonValues::nonEmptyText);
        fields.throwIfAnyProblem();
        return new JobSink(url, options, curve);
    }

    private static SocketUrl<WriterType> url(JsonNode text) {
        SocketUrl<WriterType> url = SocketUrl.writer(JsonValues.text(text));
        if (UNSAFE.matcher(url.endpoint()).find()) {
            throw new IllegalArgumentException(
                    "may have only letters, digits and . _ / : * @ + ~ - in its address, is \"" + url.endpoint()
                            + "\"");
        }
        return url;
    }
}
