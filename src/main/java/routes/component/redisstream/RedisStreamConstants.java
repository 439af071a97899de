package routes.component.redisstream;

import org.apache.camel.spi.Metadata;

/** Headers and exchange properties of the component. */
public final class RedisStreamConstants {

    @Metadata(
            description = "The id of the entry: of the one received, or of the one the producer added.",
            javaType = "String",
            important = true)
    public static final String ID = "CamelRedisStreamId";

    @Metadata(label = "consumer", description = "The stream the entry was read from.", javaType = "String")
    public static final String STREAM = "CamelRedisStreamStream";

    @Metadata(
            description = "The group the entry was read for; on the producer's createGroup, the group to make.",
            javaType = "String")
    public static final String GROUP = "CamelRedisStreamGroup";

    @Metadata(label = "consumer", description = "The name of the consumer that holds the entry.", javaType = "String")
    public static final String CONSUMER = "CamelRedisStreamConsumer";

    @Metadata(
            label = "consumer",
            description = "How often the entry was delivered in its group, this time included.",
            javaType = "Long")
    public static final String DELIVERIES = "CamelRedisStreamDeliveries";

    @Metadata(
            label = "consumer",
            description = "When the entry was added, milliseconds since 1970 (from its id).",
            javaType = "Long")
    public static final String TIMESTAMP = "CamelRedisStreamTimestamp";

    @Metadata(
            label = "consumer",
            description = "Set by the route, as header or exchange property: the entry is not wanted, for this reason."
                    + " It goes to the dead entries at once, whether the exchange failed or not.",
            javaType = "String",
            important = true)
    public static final String REJECT = "CamelRedisStreamReject";

    @Metadata(label = "producer", description = "Overrides the option operation.", javaType = "String")
    public static final String OPERATION = "CamelRedisStreamOperation";

    @Metadata(
            label = "producer",
            description = "For requeueDead: ids of the dead entries to move, as a collection or separated by commas;"
                    + " without it all are moved.",
            javaType = "java.util.Collection or String")
    public static final String DEAD_IDS = "CamelRedisStreamDeadIds";

    @Metadata(
            label = "producer",
            description = "For trim: an entry id that must be kept, with everything younger, although all groups"
                    + " acknowledged it.",
            javaType = "String")
    public static final String KEEP_FROM = "CamelRedisStreamKeepFrom";

    private RedisStreamConstants() {}
}
