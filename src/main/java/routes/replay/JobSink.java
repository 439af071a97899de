package routes.replay;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where a job sends to.
 *
 * @param options absent: those of the service
 */
record JobSink(SocketUrl<WriterType> url, Optional<SinkOptions> options) {

    static JobSink read(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        SocketUrl<WriterType> url = fields.required("url", JobSink::url);
        Optional<SinkOptions> options = fields.optional("options", SinkOptions::read);
        fields.throwIfAnyProblem();
        return new JobSink(url, options);
    }

    private static SocketUrl<WriterType> url(JsonNode text) {
        SocketUrl<WriterType> url = SocketUrl.writer(JsonValues.text(text));
        SinkUri.requireSafe(url);
        return url;
    }
}
