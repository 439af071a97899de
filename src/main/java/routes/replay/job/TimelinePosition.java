package routes.replay.job;

import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;
import routes.replay.protocol.TimeBase;

/**
 * How far the {@code TimestampRewriter} of a job has come: all that it needs to continue after a restart. All numbers are as
 * sent, in units of the time base.
 *
 * @param timeBase of the frame sent last
 * @param shift from its recorded to its sent timestamps, modulo 2⁶⁴; absent after a cut, when what was recorded says
 *     nothing about the time to the next frame
 * @param decoded its decoding time, if it has one
 * @param latest presentation time so far
 * @param length how long it is shown
 */
public record TimelinePosition(TimeBase timeBase, OptionalLong shift, OptionalLong decoded, long latest, long length) {

    private static final String NUMERATOR = "time_base_numerator";
    private static final String DENOMINATOR = "time_base_denominator";
    private static final String SHIFT = "shift";
    private static final String DECODED = "decoded";
    private static final String LATEST = "latest";
    private static final String LENGTH = "length";

    /** The next frame comes from elsewhere. */
    public TimelinePosition cut() {
        return new TimelinePosition(timeBase, OptionalLong.empty(), decoded, latest, length);
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put(NUMERATOR, timeBase.numerator()).put(DENOMINATOR, timeBase.denominator());
        shift.ifPresent(units -> json.put(SHIFT, units));
        decoded.ifPresent(units -> json.put(DECODED, units));
        return json.put(LATEST, latest).put(LENGTH, length);
    }

    /** @throws routes.platform.InvalidInputException the JSON is something else, say of another release */
    public static TimelinePosition read(JsonNode json) {
        JsonFields fields = new JsonFields(json);
        Integer numerator = fields.required(NUMERATOR, JsonValues.smallNumber(1, Integer.MAX_VALUE));
        Integer denominator = fields.required(DENOMINATOR, JsonValues.smallNumber(1, Integer.MAX_VALUE));
        OptionalLong shift = units(fields, SHIFT);
        OptionalLong decoded = units(fields, DECODED);
        Long latest = fields.required(LATEST, JsonValues.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE));
        Long length = fields.required(LENGTH, JsonValues.wholeNumber(1, Long.MAX_VALUE));
        fields.throwIfAnyProblem();
        return new TimelinePosition(new TimeBase(numerator, denominator), shift, decoded, latest, length);
    }

    private static OptionalLong units(JsonFields fields, String name) {
        return fields.optional(name, JsonValues.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE))
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }
}
