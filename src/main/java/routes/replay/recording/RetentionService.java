package routes.replay.recording;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.SourceLimits;
import routes.platform.ConflictException;
import routes.platform.InvalidInputException;
import routes.platform.json.JsonBody;
import routes.platform.json.JsonDuration;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;

/** What is kept of a source, and what is deleted. */
public final class RetentionService {

    private final Supplier<FrameStore> store;
    private final RecordingCatalogue catalogue;
    private final JsonBody bodies;
    private final AuditLog audit;

    RetentionService(Supplier<FrameStore> store, RecordingCatalogue catalogue, JsonBody bodies, AuditLog audit) {
        this.store = store;
        this.catalogue = catalogue;
        this.bodies = bodies;
        this.audit = audit;
    }

    /**
     * @param parameters {@code id}, and {@code from} and {@code to} where given
     * @throws routes.platform.NotFoundException nothing was ever recorded of the source
     * @throws ConflictException a hold is on some of it
     */
    public ObjectNode delete(Map<String, Object> parameters) {
        String source = catalogue.requireKnown(parameters.get("id")).sourceId();
        Optional<ArrivalRange> range = ArrivalRange.find(
                store.get(),
                source,
                ArrivalRange.moment(parameters.get("from")),
                ArrivalRange.moment(parameters.get("to")));
        long bytes = range.map(found -> delete(source, found)).orElse(0L);
        audit.note("deleted " + bytes + " bytes of " + source + ", arrived from "
                + parameters.getOrDefault("from", "the beginning") + " to " + parameters.getOrDefault("to", "now"));
        return JsonNodeFactory.instance.objectNode().put("deleted_bytes", bytes);
    }

    /** @param parameters {@code id} */
    public ObjectNode limits(Map<String, Object> parameters) {
        return RecordingCatalogue.json(
                catalogue.requireKnown(parameters.get("id")).limits());
    }

    /**
     * @param parameters {@code id}, of a source that may be yet to come
     * @throws InvalidInputException the limits are none
     */
    public ObjectNode limit(Map<String, Object> parameters, String body) {
        String source = String.valueOf(parameters.get("id"));
        SourceLimits limits = JsonFields.read("body", bodies.read(body), RetentionService::limits);
        store.get().limit(source, limits);
        ObjectNode json = RecordingCatalogue.json(limits);
        audit.note("limited " + source + " to " + json);
        return json;
    }

    private long delete(String source, ArrivalRange range) {
        try {
            return store.get().delete(source, range.from(), range.to());
        } catch (IllegalStateException held) {
            throw new ConflictException(String.valueOf(held.getMessage()));
        }
    }

    private static SourceLimits limits(JsonNode body) {
        JsonFields fields = new JsonFields(body);
        Optional<Duration> ttl = fields.optional("ttl", JsonDuration::read);
        Optional<Long> quota = fields.optional("quota_bytes", JsonValues.wholeNumber(1, Long.MAX_VALUE));
        fields.throwIfAnyProblem();
        return new SourceLimits(ttl.orElse(null), quota.orElse(0L));
    }
}
