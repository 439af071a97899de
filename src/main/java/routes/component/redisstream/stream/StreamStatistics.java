package routes.component.redisstream.stream;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the outcomes of one consumer and passes them on to the listeners. */
public final class StreamStatistics {

    private final String stream;
    private final String group;
    private final List<RedisStreamListener> listeners;
    private final Map<StreamOutcome, LongAdder> counts = new EnumMap<>(StreamOutcome.class);
    private volatile GroupSample sample = GroupSample.NONE;

    public StreamStatistics(String stream, String group, List<RedisStreamListener> listeners) {
        this.stream = stream;
        this.group = group;
        this.listeners = List.copyOf(listeners);
        for (StreamOutcome outcome : StreamOutcome.values()) {
            counts.put(outcome, new LongAdder());
        }
    }

    public void count(StreamOutcome outcome) {
        adder(outcome).increment();
        listeners.forEach(listener -> listener.onOutcome(stream, group, outcome));
    }

    void sampled(GroupSample fresh) {
        sample = fresh;
        listeners.forEach(listener -> listener.onSample(stream, group, fresh));
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
