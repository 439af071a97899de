package routes.component.redisstream.stream;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;

/** Meters of one consumer: {@code redis.stream.entries} by outcome, and gauges of the stream and the group. */
public final class MicrometerListener implements RedisStreamListener {

    private static final String REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

    private final Map<StreamOutcome, Counter> counters = new EnumMap<>(StreamOutcome.class);
    private volatile GroupSample sample = GroupSample.NONE;

    private MicrometerListener(MeterRegistry registry, String stream, String group) {
        Tags tags = Tags.of("stream", stream, "group", group);
        for (StreamOutcome outcome : StreamOutcome.values()) {
            counters.put(
                    outcome,
                    Counter.builder("redis.stream.entries")
                            .description("Entries by what happened to them")
                            .tags(tags.and("outcome", outcome.name().toLowerCase(Locale.ROOT)))
                            .register(registry));
        }
        gauge(registry, tags, "length", "Entries in the stream", GroupSample::length);
        gauge(registry, tags, "pending", "Entries pending in the group", GroupSample::pending);
        gauge(
                registry,
                tags,
                "oldest.pending.seconds",
                "Age of the oldest pending entry",
                sample -> sample.oldestPending().toSeconds());
        gauge(registry, tags, "lag", "Entries not delivered to the group; -1 before Redis 7", GroupSample::lag);
    }

    /** Empty where Micrometer is not on the class path or has no registry in the context. */
    public static Optional<RedisStreamListener> find(CamelContext context, String stream, String group) {
        if (context.getClassResolver().resolveClass(REGISTRY) == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(CamelContextHelper.findSingleByType(context, MeterRegistry.class))
                .map(registry -> new MicrometerListener(registry, stream, group));
    }

    @Override
    public void onOutcome(String stream, String group, StreamOutcome outcome) {
        Counter counter = counters.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void onSample(String stream, String group, GroupSample fresh) {
        sample = fresh;
    }

    private void gauge(
            MeterRegistry registry, Tags tags, String name, String description, ToDoubleFunction<GroupSample> value) {
        Gauge.builder("redis.stream." + name, this, listener -> value.applyAsDouble(listener.sample))
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }
}
