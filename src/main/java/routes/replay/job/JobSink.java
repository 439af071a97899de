package routes.replay.job;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;
import routes.replay.socket.SinkOptions;
import routes.replay.socket.SocketUrl;
import routes.replay.socket.WriterType;

/**
 * Where a job sends to.
 *
 * @param options absent: those of the service
 * @param curve name of the keys to connect with; absent: not encrypted
 */
public record JobSink(SocketUrl<WriterType> url, Optional<SinkOptions> options, Optional<String> curve) {

    public static JobSink read(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        SocketUrl<WriterType> url = fields.required("url", SocketUrl::writerOf);
        Optional<SinkOptions> options = fields.optional("options", SinkOptions::read);
        Optional<String> curve = fields.optional("curve", JsonValues::nonEmptyText);
        fields.throwIfAnyProblem();
        return new JobSink(url, options, curve);
    }
}
