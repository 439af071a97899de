package routes.replay.job;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import routes.platform.json.JsonFields;
import routes.platform.json.JsonValues;
import routes.replay.protocol.FrameHeader;
import routes.replay.protocol.FrameId;
import routes.replay.protocol.json.JsonVariant;

/**
 * Decides when a job ends. Conditions are immutable: {@link #after} returns what remains of the condition after a video frame
 * was sent. So the frame that fulfils it is part of the output, and a job sends at least one frame. Ends of streams do not
 * count.
 */
public sealed interface StopCondition {

    /**
     * @param sent the video frame that was sent last
     * @param nanoTime of a monotonic clock
     * @return what remains; empty when the job is to end
     */
    Optional<StopCondition> after(FrameHeader sent, long nanoTime);

    /** The condition as listings show it: counters show what is left. */
    JsonNode toJson();

    /** What {@link #toJson()} says when nothing is left. */
    default JsonNode fulfilled() {
        return toJson();
    }

    /** When streaming starts, or when it replaces the condition of a job that streams already. */
    default StopCondition startedAt(long nanoTime) {
        return this;
    }

    /** The job was paused for this long, which does not count. */
    default StopCondition resumedAfter(long pausedNanos) {
        return this;
    }

    /**
     * @throws IllegalArgumentException or {@link routes.platform.InvalidInputException} when it is none of the seven,
     *     or one that could never be fulfilled
     */
    static StopCondition read(JsonNode node) {
        JsonVariant variant = JsonVariant.of(node);
        return switch (variant.tag()) {
            case "now" -> {
                variant.withoutValue();
                yield Fixed.NOW;
            }
            case "never" -> {
                variant.withoutValue();
                yield Fixed.NEVER;
            }
            case "last_frame" ->
                new LastFrame(
                        variant.read(value -> field(value, "uuid", uuid -> FrameId.parse(JsonValues.text(uuid)))));
            case "frame_count" -> new FrameCount(variant.read(JsonValues.wholeNumber(1, Long.MAX_VALUE)));
            case "key_frame_count" -> new KeyFrameCount(variant.read(JsonValues.wholeNumber(1, Long.MAX_VALUE)));
            case "ts_delta_sec" ->
                new TimestampDelta(
                        variant.read(value -> field(value, "max_delta_sec", JsonValues::number)), OptionalLong.empty());
            case "real_time_delta_ms" ->
                new RealTimeDelta(
                        variant.read(value ->
                                field(value, "configured_delta_ms", JsonValues.wholeNumber(0, Long.MAX_VALUE))),
                        OptionalLong.empty());
            default ->
                throw variant.unknown(
                        "now, never, last_frame, frame_count, key_frame_count, ts_delta_sec," + " real_time_delta_ms");
        };
    }

    private static <T> T field(JsonNode object, String name, Function<JsonNode, T> reader) {
        JsonFields fields = new JsonFields(object);
        T value = fields.required(name, reader);
        fields.throwIfAnyProblem();
        return value;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The two conditions that do not look at frames. */
    enum Fixed implements StopCondition {
        /** After the next frame. */
        NOW,
        NEVER;

        @Override
        public Optional<StopCondition> after(FrameHeader sent, long nanoTime) {
            return this == NOW ? Optional.empty() : Optional.of(this);
        }

        @Override
        public JsonNode toJson() {
            return TextNode.valueOf(name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * Ends with the first frame whose id is not below this. Ids begin with a time, so a made-up one is an end time.
     */
    record LastFrame(FrameId id) implements StopCondition {

        @Override
        public Optional<StopCondition> after(FrameHeader sent, long nanoTime) {
            return sent.id().compareTo(id) >= 0 ? Optional.empty() : Optional.of(this);
        }

        @Override
        public JsonNode toJson() {
            return object().set("last_frame", object().put("uuid", id.toString()));
        }
    }

    /** @param left frames still to be sent, at least one */
    record FrameCount(long left) implements StopCondition {

        @Override
        public Optional<StopCondition> after(FrameHeader sent, long nanoTime) {
            return left <= 1 ? Optional.empty() : Optional.of(new FrameCount(left - 1));
        }

        @Override
        public JsonNode toJson() {
            return object().put("frame_count", left);
        }

        @Override
        public JsonNode fulfilled() {
            return object().put("frame_count", 0);
        }
    }

    /** @param left keyframes still to be sent, at least one; of the last block only the keyframe is sent */
    record KeyFrameCount(long left) implements StopCondition {

        @Override
        public Optional<StopCondition> after(FrameHeader sent, long nanoTime) {
            if (!sent.isKeyframe()) {
                return Optional.of(this);
            }
            return left <= 1 ? Optional.empty() : Optional.of(new KeyFrameCount(left - 1));
        }

        @Override
        public JsonNode toJson() {
            return object().put("key_frame_count", left);
        }

        @Override
        public JsonNode fulfilled() {
            return object().put("key_frame_count", 0);
        }
    }

    /**
     * Ends with the first frame that is more than this later than the first one, by their timestamps.
     *
     * @param maxDelta in seconds
     * @param first best timestamp of the first frame, once there was one
     */
    record TimestampDelta(double maxDelta, OptionalLong first) implements StopCondition {

        @Override
        public Optional<StopCondition> after(FrameHeader sent, long nanoTime) {
            if (first.isEmpty()) {
                return Optional.of(new TimestampDelta(maxDelta, OptionalLong.of(sent.bestTimestamp())));
            }
            // As doubles: timestamps of a hostile sender are further apart than 64 bits. An unusable time base gives
            // no later time, so it never ends the job.
            double units = (double) sent.bestTimestamp() - first.getAsLong();
            boolean reached =
                    units > 0 && sent.timeBase().isUsable() && sent.timeBase().seconds(units) > maxDelta;
            return reached ? Optional.empty() : Optional.of(this);
        }

        @Override
        public JsonNode toJson() {
            return object().set("ts_delta_sec", object().put("max_delta_sec", maxDelta));
        }
    }

    /**
     * Ends with the first frame that is sent more than this after the start.
     *
     * @param milliseconds whole ones are compared
     * @param start by the monotonic clock, once streaming has started
     */
    record RealTimeDelta(long milliseconds, OptionalLong start) implements StopCondition {

        @Override
        public StopCondition startedAt(long nanoTime) {
            return new RealTimeDelta(milliseconds, OptionalLong.of(nanoTime));
        }

        @Override
        public StopCondition resumedAfter(long pausedNanos) {
            return start.isEmpty() ? this : startedAt(start.getAsLong() + pausedNanos);
        }

        @Override
        public Optional<StopCondition> after(FrameHeader sent, long nanoTime) {
            if (start.isEmpty()) {
                return Optional.of(startedAt(nanoTime));
            }
            long elapsed = TimeUnit.NANOSECONDS.toMillis(nanoTime - start.getAsLong());
            return elapsed > milliseconds ? Optional.empty() : Optional.of(this);
        }

        @Override
        public JsonNode toJson() {
            return object().set("real_time_delta_ms", object().put("configured_delta_ms", milliseconds));
        }
    }
}
