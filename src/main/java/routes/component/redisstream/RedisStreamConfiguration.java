package routes.component.redisstream;

import io.lettuce.core.RedisClient;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.jspecify.annotations.Nullable;

/** The options of the component; an endpoint begins with the component's and replaces those in its URI. */
@UriParams
public class RedisStreamConfiguration implements Cloneable {

    @UriPath
    @Metadata(required = true)
    private String stream = "";

    @UriParam(label = "security", secret = true)
    private @Nullable String redisUrl;

    @UriParam(label = "advanced")
    @Metadata(autowired = true)
    private @Nullable RedisClient redisClient;

    @UriParam(label = "advanced", defaultValue = "10000", javaType = "java.time.Duration")
    private long commandTimeout = 10000;

    @UriParam(label = "common", defaultValue = "data")
    private String field = "data";

    @UriParam(label = "advanced")
    private HeaderFilterStrategy headerFilterStrategy = new RedisStreamHeaderFilterStrategy();

    @UriParam(label = "producer", defaultValue = "add")
    private RedisStreamOperation operation = RedisStreamOperation.add;

    @UriParam(label = "producer")
    private @Nullable String includeHeaders;

    @UriParam(label = "producer", defaultValue = "0", javaType = "java.time.Duration")
    private long retention = 0;

    @UriParam(label = "producer", defaultValue = "0")
    private long maxLength = 0;

    @UriParam(label = "producer")
    private @Nullable String requiredGroups;

    @UriParam(label = "common")
    private @Nullable String group;

    @UriParam(label = "consumer")
    private @Nullable String consumerName;

    @UriParam(label = "consumer", defaultValue = "1")
    private int concurrentConsumers = 1;

    @UriParam(label = "consumer", defaultValue = "10")
    private int count = 10;

    @UriParam(label = "consumer", defaultValue = "2000", javaType = "java.time.Duration")
    private long block = 2000;

    @UriParam(label = "consumer", defaultValue = "auto")
    private RedisStreamBodyType bodyType = RedisStreamBodyType.auto;

    @UriParam(label = "consumer", defaultValue = "1000")
    private int maxInFlight = 1000;

    @UriParam(label = "consumer", defaultValue = "10s,1m,10m,1h")
    private String retryDelays = "10s,1m,10m,1h";

    @UriParam(label = "consumer", defaultValue = "0.2")
    private double retryJitter = 0.2;

    @UriParam(label = "consumer", defaultValue = "10")
    private int maxDeliveries = 10;

    @UriParam(label = "consumer", defaultValue = "0", javaType = "java.time.Duration")
    private long deadAfter = 0;

    @UriParam(label = "consumer")
    private @Nullable String rejectOn;

    @UriParam(label = "consumer", defaultValue = "300000", javaType = "java.time.Duration")
    private long claimMinIdle = 300000;

    @UriParam(label = "consumer", defaultValue = "60000", javaType = "java.time.Duration")
    private long claimInterval = 60000;

    /** Returns an independent copy. */
    public RedisStreamConfiguration copy() {
        try {
            return (RedisStreamConfiguration) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getStream() {
        return stream;
    }

    /** Name of the stream, which is its key in Redis. */
    public void setStream(String stream) {
        this.stream = stream;
    }

    public @Nullable String getRedisUrl() {
        return redisUrl;
    }

    /**
     * Address of Redis: redis://host:port, or rediss://host:port for TLS; user, password and database go where a URI
     * has them. Better set once, on the component.
     */
    public void setRedisUrl(@Nullable String redisUrl) {
        this.redisUrl = redisUrl;
    }

    public @Nullable RedisClient getRedisClient() {
        return redisClient;
    }

    /**
     * A Lettuce client to use instead of redisUrl. It should have automatic reconnecting switched off, because
     * that repeats commands whose answer was lost.
     */
    public void setRedisClient(@Nullable RedisClient redisClient) {
        this.redisClient = redisClient;
    }

    public long getCommandTimeout() {
        return commandTimeout;
    }

    /** How long Redis may take to answer a command; a blocking read may take as much longer as it blocks. */
    public void setCommandTimeout(long commandTimeout) {
        this.commandTimeout = commandTimeout;
    }

    public String getField() {
        return field;
    }

    /** Name of the field that holds a body which is not a map. */
    public void setField(String field) {
        this.field = field;
    }

    public HeaderFilterStrategy getHeaderFilterStrategy() {
        return headerFilterStrategy;
    }

    /**
     * Which fields may become headers and which headers fields. The default lets none pass whose name begins with
     * Camel in any letter case.
     */
    public void setHeaderFilterStrategy(HeaderFilterStrategy headerFilterStrategy) {
        this.headerFilterStrategy = headerFilterStrategy;
    }

    public RedisStreamOperation getOperation() {
        return operation;
    }

    /** What the producer does. */
    public void setOperation(RedisStreamOperation operation) {
        this.operation = operation;
    }

    public @Nullable String getIncludeHeaders() {
        return includeHeaders;
    }

    /**
     * Headers that add writes as fields of their own: names or patterns as in Camel (wildcard or regular
     * expression), separated by commas. Only for bodies that are not maps.
     */
    public void setIncludeHeaders(@Nullable String includeHeaders) {
        this.includeHeaders = includeHeaders;
    }

    public long getRetention() {
        return retention;
    }

    /** For trim: age up to which entries are kept. 0 means no limit by age. */
    public void setRetention(long retention) {
        this.retention = retention;
    }

    public long getMaxLength() {
        return maxLength;
    }

    /** For trim: number of entries to come down to. 0 means no limit by number. */
    public void setMaxLength(long maxLength) {
        this.maxLength = maxLength;
    }

    public @Nullable String getRequiredGroups() {
        return requiredGroups;
    }

    /**
     * For trim: groups, separated by commas, without which nothing is removed, such as those of consumers that
     * have never run yet. Without any group at all nothing is removed in any case.
     */
    public void setRequiredGroups(@Nullable String requiredGroups) {
        this.requiredGroups = requiredGroups;
    }

    public @Nullable String getGroup() {
        return group;
    }

    /** The consumer group. Required to consume and to create a group. */
    public void setGroup(@Nullable String group) {
        this.group = group;
    }

    public @Nullable String getConsumerName() {
        return consumerName;
    }

    /**
     * Name of this consumer in the group. Must differ between processes, and should be the same after a restart,
     * so that unfinished entries are taken up at once. The default is host name and process id.
     */
    public void setConsumerName(@Nullable String consumerName) {
        this.consumerName = consumerName;
    }

    public int getConcurrentConsumers() {
        return concurrentConsumers;
    }

    /** Number of threads that read and process entries, each with a connection of its own. */
    public void setConcurrentConsumers(int concurrentConsumers) {
        this.concurrentConsumers = concurrentConsumers;
    }

    public int getCount() {
        return count;
    }

    /**
     * Most entries a thread fetches at once. They are processed one after the other; use 1 where processing takes
     * long and other consumers could help.
     */
    public void setCount(int count) {
        this.count = count;
    }

    public long getBlock() {
        return block;
    }

    /**
     * How long a read waits for new entries. A retry may be late by as much, and so may suspending and stopping.
     */
    public void setBlock(long block) {
        this.block = block;
    }

    public RedisStreamBodyType getBodyType() {
        return bodyType;
    }

    /** How an entry becomes a body. */
    public void setBodyType(RedisStreamBodyType bodyType) {
        this.bodyType = bodyType;
    }

    public int getMaxInFlight() {
        return maxInFlight;
    }

    /**
     * Most entries held at once: being processed, or waiting for a retry. Reading pauses while there are as many.
     */
    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public String getRetryDelays() {
        return retryDelays;
    }

    /**
     * Pauses before an entry that failed is tried again, separated by commas; the last one repeats. Other entries
     * go on meanwhile.
     */
    public void setRetryDelays(String retryDelays) {
        this.retryDelays = retryDelays;
    }

    public double getRetryJitter() {
        return retryJitter;
    }

    /**
     * Part of the pause, 0 to 1, by which it is varied at random, so that entries that failed together are not
     * tried together.
     */
    public void setRetryJitter(double retryJitter) {
        this.retryJitter = retryJitter;
    }

    public int getMaxDeliveries() {
        return maxDeliveries;
    }

    /** Deliveries after which a failing entry is moved to the dead entries. 0 means no limit. */
    public void setMaxDeliveries(int maxDeliveries) {
        this.maxDeliveries = maxDeliveries;
    }

    public long getDeadAfter() {
        return deadAfter;
    }

    /**
     * Age of an entry, by the time in its id, at which a failure moves it to the dead entries. 0 means no limit.
     */
    public void setDeadAfter(long deadAfter) {
        this.deadAfter = deadAfter;
    }

    public @Nullable String getRejectOn() {
        return rejectOn;
    }

    /**
     * Exceptions that make an entry dead at once: class names separated by commas. A sub class and a cause count
     * as well.
     */
    public void setRejectOn(@Nullable String rejectOn) {
        this.rejectOn = rejectOn;
    }

    public long getClaimMinIdle() {
        return claimMinIdle;
    }

    /**
     * How long an entry of another consumer must have shown no sign of life to be taken over. Living consumers
     * give signs three times as often.
     */
    public void setClaimMinIdle(long claimMinIdle) {
        this.claimMinIdle = claimMinIdle;
    }

    public long getClaimInterval() {
        return claimInterval;
    }

    /** How often to look for such entries. */
    public void setClaimInterval(long claimInterval) {
        this.claimInterval = claimInterval;
    }
}
