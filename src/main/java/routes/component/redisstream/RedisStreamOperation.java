package routes.component.redisstream;

/** What the producer does with the stream. */
public enum RedisStreamOperation {
    /** Appends the message. */
    add,
    /** Removes old entries that every group has acknowledged. */
    trim,
    /** Moves entries from the dead entries back to the stream. */
    requeueDead,
    /** Creates the stream and the consumer group where they are absent. */
    createGroup
}
