package routes.replay.job;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;

/**
 * How a paced job keeps time, beyond what the original can.
 *
 * @param speed 1 is as recorded, 2 twice as fast
 * @param onSchedule gaps add up from the start, whatever sending took; else each counts from the frame before, as in
 *     the original
 */
public record JobPacing(double speed, boolean onSchedule) {

    public static final JobPacing AS_RECORDED = new JobPacing(1, false);

    /** More is a mistake, and gaps must stay numbers. */
    private static final double LIMIT = 100;

    public static JobPacing read(JsonNode node) {
        JsonFields fields = new JsonFields(node);
        Optional<Double> speed = fields.optional("speed", JobPacing::speed);
        Optional<Boolean> onSchedule = fields.optional("on_schedule", JsonValues::truth);
        fields.throwIfAnyProblem();
        return new JobPacing(speed.orElse(1.0), onSchedule.orElse(false));
    }

    /** @throws IllegalArgumentException when it is no factor from 1/100 to 100 */
    public static double speed(JsonNode node) {
        double speed = JsonValues.number(node);
        if (speed < 1 / LIMIT || speed > LIMIT) {
            throw new IllegalArgumentException("must be from " + 1 / LIMIT + " to " + LIMIT);
        }
        return speed;
    }
}
