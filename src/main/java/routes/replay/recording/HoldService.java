package routes.replay.recording;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.Hold;
import routes.platform.InvalidInputException;
import routes.platform.NotFoundException;
import routes.platform.NotPossibleException;
import routes.platform.json.JsonBody;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;

/** Stretches that are protected from expiry, quota and deletion. */
public final class HoldService {

    private final Supplier<FrameStore> store;
    private final RecordingCatalogue catalogue;
    private final JsonBody bodies;
    private final AuditLog audit;
    private final Clock clock;

    HoldService(
            Supplier<FrameStore> store, RecordingCatalogue catalogue, JsonBody bodies, AuditLog audit, Clock clock) {
        this.store = store;
        this.catalogue = catalogue;
        this.bodies = bodies;
        this.audit = audit;
        this.clock = clock;
    }

    public ObjectNode list() {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        ArrayNode holds = list.putArray("holds");
        store.get().holds().stream().sorted(Comparator.comparing(Hold::since)).forEach(hold -> holds.add(json(hold)));
        return list;
    }

    /**
     * @throws InvalidInputException the request is wrong
     * @throws NotFoundException there is no such source
     * @throws NotPossibleException nothing arrived within the time
     */
    public ObjectNode hold(String body) {
        Request request = JsonFields.read("body", bodies.read(body), this::read);
        String source = catalogue.requireKnown(request.source).sourceId();
        ArrivalRange range = ArrivalRange.find(store.get(), source, request.from, request.to)
                .orElseThrow(() -> new NotPossibleException("Nothing is recorded of " + source + " within that time"));
        Hold hold = store.get().hold(source, range.from(), range.to(), request.reason);
        ObjectNode json = json(hold);
        audit.note("holds " + json);
        return json;
    }

    /**
     * @param parameters {@code id}
     * @throws NotFoundException there is no such hold
     */
    public void release(Map<String, Object> parameters) {
        String id = String.valueOf(parameters.get("id"));
        if (!store.get().release(KeyframeService.id(id).toUuid())) {
            throw new NotFoundException("There is no hold " + id);
        }
        audit.note("released hold " + id);
    }

    private record Request(String source, Optional<Instant> from, Optional<Instant> to, String reason) {}

    private Request read(JsonNode body) {
        JsonFields fields = new JsonFields(body);
        String source = fields.required("source_id", JsonValues::nonEmptyText);
        Optional<Instant> from = fields.optional("from", HoldService::moment);
        Optional<Instant> to = fields.optional("to", this::past);
        String reason = fields.required("reason", JsonValues::nonEmptyText);
        fields.throwIfAnyProblem();
        return new Request(source, from, to, reason);
    }

    private static Instant moment(JsonNode node) {
        try {
            return OffsetDateTime.parse(JsonValues.text(node)).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("must be a time such as 2026-01-01T00:00:00Z", e);
        }
    }

    /** The index of something that is yet to arrive is not known. */
    private Instant past(JsonNode node) {
        Instant time = moment(node);
        if (time.isAfter(clock.instant())) {
            throw new IllegalArgumentException("must not lie in the future; leave it out for all that will come");
        }
        return time;
    }

    private static ObjectNode json(Hold hold) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", hold.id().toString())
                .put("source_id", hold.sourceId())
                .put("from_index", hold.from())
                .put("to_index", hold.to() == Long.MAX_VALUE ? null : hold.to())
                .put("reason", hold.reason())
                .put("created_at", hold.since().toString());
    }
}
