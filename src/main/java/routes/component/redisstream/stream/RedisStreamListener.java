package routes.component.redisstream.stream;

/**
 * Receives every outcome and the state of the group. Called on the consumer's threads and on those of the Redis
 * client, so an implementation must be quick and thread-safe.
 */
public interface RedisStreamListener {

    /** One entry of the stream had this outcome in the group. */
    void onOutcome(String stream, String group, StreamOutcome outcome);

    /** A fresh measurement of the group, every 15 seconds while Redis answers. */
    default void onSample(String stream, String group, GroupSample sample) {}
}
