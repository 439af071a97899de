package routes.component.framestore;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;
import routes.component.framestore.api.FrameStore;
import routes.component.framestore.api.FrameStoreListener;
import routes.component.framestore.api.StoreCondition;

/** The meters of a store; they do nothing where there is no Micrometer. */
interface StoreMeters extends FrameStoreListener {

    /** Begins with the gauges, for which the store must be open. */
    default void watch(FrameStore store) {}

    /** Silent where Micrometer is not on the class path or has no registry in the context. */
    static StoreMeters find(CamelContext context, String name) {
        if (context.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") == null) {
            return new StoreMeters() {};
        }
        MeterRegistry registry = CamelContextHelper.findSingleByType(context, MeterRegistry.class);
        return registry == null ? new StoreMeters() {} : new InMicrometer(registry, name);
    }

    /** {@code frame.store.entries} and {@code frame.store.bytes} by outcome, and gauges of the store. */
    final class InMicrometer implements StoreMeters {

        private final MeterRegistry registry;
        private final Tags tags;

        InMicrometer(MeterRegistry registry, String name) {
            this.registry = registry;
            this.tags = Tags.of("store", name);
        }

        @Override
        public void watch(FrameStore store) {
            gauge(store, "stored.entries", "Entries on the disk", StoreCondition::entries);
            gauge(store, "stored.bytes", "Bytes of entries on the disk", StoreCondition::bytes);
            gauge(store, "free.bytes", "Bytes free on the disk", StoreCondition::freeBytes);
            gauge(store, "pending.bytes", "Bytes that wait for the disk", StoreCondition::waitingBytes);
            gauge(store, "damaged", "Records that could not be read since the start", StoreCondition::damaged);
            watchExpiry(store);
        }

        /** A scan of what is expired: with much of it on hold it takes long, so it is made now and then only. */
        private void watchExpiry(FrameStore store) {
            ExpiredBytes bytes = new ExpiredBytes();
            Gauge.builder("frame.store.expired.bytes", store, bytes::of)
                    .description("Bytes of expired entries that are on the disk still")
                    .tags(tags)
                    .register(registry);
        }

        @Override
        public void onAppended(long entries, long bytes) {
            count("appended", entries, bytes);
        }

        @Override
        public void onFailed(long entries) {
            count("failed", entries, 0);
        }

        @Override
        public void onRemoved(long entries, long bytes) {
            count("removed", entries, bytes);
        }

        private void count(String outcome, long entries, long bytes) {
            counter("frame.store.entries", "Entries by what happened to them", outcome)
                    .increment(entries);
            counter("frame.store.bytes", "Bytes of entries by what happened to them", outcome)
                    .increment(bytes);
        }

        private Counter counter(String name, String description, String outcome) {
            return Counter.builder(name)
                    .description(description)
                    .tags(tags.and("outcome", outcome))
                    .register(registry);
        }

        /** Holds the store weakly: a gauge of a closed store ends with it. */
        private void gauge(FrameStore store, String name, String description, ToDoubleFunction<StoreCondition> value) {
            Gauge.builder("frame.store." + name, store, open -> value.applyAsDouble(open.condition()))
                    .description(description)
                    .tags(tags)
                    .register(registry);
        }
    }
}
