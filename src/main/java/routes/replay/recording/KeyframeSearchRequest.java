package routes.replay.recording;

import java.math.BigInteger;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import routes.component.framestore.api.KeyframeQuery;
import routes.platform.InvalidInputException;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;

/**
 * Which keyframes a client of the original asks for.
 *
 * @param from Unix seconds, unsigned
 * @param to Unix seconds, unsigned
 * @param limit most keyframes to find
 */
record KeyframeSearchRequest(String sourceId, Optional<Long> from, Optional<Long> to, int limit) {

    /** More are not found at once, whatever the limit is: the answer is made in memory. */
    static final int MOST = 1_000_000;

    /** @throws InvalidInputException with every wrong field */
    static KeyframeSearchRequest read(JsonNode body) {
        return JsonFields.read("body", body, KeyframeSearchRequest::fields);
    }

    KeyframeQuery query() {
        return new KeyframeQuery(sourceId, from.orElse(null), to.orElse(null), limit);
    }

    private static KeyframeSearchRequest fields(JsonNode body) {
        JsonFields fields = new JsonFields(body);
        String source = fields.required("source_id", JsonValues::text);
        Optional<Long> from = fields.optional("from", KeyframeSearchRequest::unsigned);
        Optional<Long> to = fields.optional("to", KeyframeSearchRequest::unsigned);
        Long limit = fields.required("limit", KeyframeSearchRequest::unsigned);
        if (limit != null && limit == 0) {
            fields.problem("limit", "must be at least 1");
        }
        fields.throwIfAnyProblem();
        boolean tooMany = Long.compareUnsigned(limit, MOST) > 0;
        return new KeyframeSearchRequest(source, from, to, tooMany ? MOST : limit.intValue());
    }

    /** As 64 bits. */
    private static Long unsigned(JsonNode node) {
        BigInteger value = node.isIntegralNumber() ? node.bigIntegerValue() : BigInteger.ONE.negate();
        if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
            throw new IllegalArgumentException("must be a whole number from 0 to 2^64 - 1");
        }
        return value.longValue();
    }
}
