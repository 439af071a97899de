package routes.component.redisstream.stream;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts the outcomes of one consumer, also for Micrometer where that is used. */
public final class StreamStatistics {

    private final Optional<StreamMeters> meters;
    private final Map<StreamOutcome, LongAdder> counts = new EnumMap<>(StreamOutcome.class);
    private volatile GroupSample sample = GroupSample.NONE;

    public StreamStatistics(Optional<StreamMeters> meters) {
        this.meters = meters;
        for (StreamOutcome outcome : StreamOutcome.values()) {
            counts.put(outcome, new LongAdder());
        }
    }

    public void count(StreamOutcome outcome) {
        adder(outcome).increment();
        meters.ifPresent(counters -> counters.count(outcome));
    }

    void sampled(GroupSample fresh) {
        sample = fresh;
        meters.ifPresent(gauges -> gauges.sampled(fresh));
    }

    public long get(StreamOutcome outcome) {
        return adder(outcome).sum();
    }

    public GroupSample sample() {
        return sample;
    }

    private LongAdder adder(StreamOutcome outcome) {
        LongAdder adder = counts.get(outcome);
        if (adder == null) {
            throw new IllegalStateException("No count for " + outcome);
        }
        return adder;
    }
}
