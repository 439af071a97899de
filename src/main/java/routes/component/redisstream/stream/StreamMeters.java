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
public final class StreamMeters {

    private static final String REGISTRY = "io.micrometer.core.instrument.MeterRegistry";

    private final Map<StreamOutcome, Counter> counters = new EnumMap<>(StreamOutcome.class);
    private volatile GroupSample sample = GroupSample.NONE;

    private StreamMeters(MeterRegistry registry, String stream, String group) {
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
    public static Optional<StreamMeters> find(CamelContext context, String stream, String group) {
        if (context.getClassResolver().resolveClass(REGISTRY) == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(CamelContextHelper.findSingleByType(context, MeterRegistry.class))
                .map(registry -> new StreamMeters(registry, stream, group));
    }

    void count(StreamOutcome outcome) {
        Counter counter = counters.get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    void sampled(GroupSample fresh) {
        sample = fresh;
    }

    private void gauge(
            MeterRegistry registry, Tags tags, String name, String description, ToDoubleFunction<GroupSample> value) {
        Gauge.builder("redis.stream." + name, this, meters -> value.applyAsDouble(meters.sample))
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }
}
