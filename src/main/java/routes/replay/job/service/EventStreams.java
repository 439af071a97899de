package routes.replay.job.service;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.AsyncContext;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events about things that have an id and a state: {@code state} whenever the state has changed, else {@code
 * progress}, until the last event. A slow client misses steps in between and holds up nobody. A comment line now and then
 * keeps proxies from closing a silent stream and reveals clients that have gone. No stream holds a thread.
 *
 * @param <T> a thing at a moment
 */
public final class EventStreams<T> {

    private final Map<UUID, Set<Stream>> streams = new ConcurrentHashMap<>();
    private final ScheduledExecutorService threads;

    /** @param last whether the stream ends with this event */
    record Event(String state, JsonNode data, boolean last) {}

    /** @param heartbeat from one comment line to the next */
    EventStreams(ScheduledExecutorService threads, Duration heartbeat) {
        this.threads = threads;
        threads.scheduleWithFixedDelay(
                () -> streams.values().forEach(all -> all.forEach(Stream::beat)),
                heartbeat.toMillis(),
                heartbeat.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /**
     * Tells a client about one thing, from now on.
     *
     * @param answer for the client, which has got the headers
     * @param now asked after the client began to follow, so that it misses nothing
     */
    void follow(UUID id, AsyncContext answer, Function<T, Event> events, Supplier<T> now) {
        Stream stream = new Stream(id, answer, events);
        streams.compute(id, (key, others) -> {
            Set<Stream> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(stream);
            return all;
        });
        stream.tell(now.get());
    }

    /** The thing has changed. */
    void tell(UUID id, T now) {
        streams.getOrDefault(id, Set.of()).forEach(stream -> stream.tell(now));
    }

    /** How many clients follow this. */
    public int count(UUID id) {
        return streams.getOrDefault(id, Set.of()).size();
    }

    /** What goes to one client. It is written by one thread at a time. */
    private final class Stream {

        private final UUID id;
        private final AsyncContext answer;
        private final Function<T, Event> events;
        private final AtomicReference<@Nullable T> news = new AtomicReference<>();
        private final AtomicBoolean beat = new AtomicBoolean();
        private final AtomicInteger wakes = new AtomicInteger();
        private String lastState = "";
        private boolean over;

        Stream(UUID id, AsyncContext answer, Function<T, Event> events) {
            this.id = id;
            this.answer = answer;
            this.events = events;
        }

        void tell(T now) {
            news.set(now);
            wake();
        }

        void beat() {
            beat.set(true);
            wake();
        }

        private void wake() {
            if (wakes.getAndIncrement() == 0) {
                threads.execute(this::write);
            }
        }

        private void write() {
            int seen = wakes.get();
            T now = news.getAndSet(null);
            boolean comment = beat.getAndSet(false);
            try {
                if (now != null && !over) {
                    write(events.apply(now));
                } else if (comment && !over) {
                    write(":\n\n");
                }
            } catch (IOException | RuntimeException e) {
                end(); // the client has gone
            }
            if (wakes.addAndGet(-seen) > 0) {
                threads.execute(this::write);
            }
        }

        private void write(Event event) throws IOException {
            String name = event.state().equals(lastState) ? "progress" : "state";
            write("event: " + name + "\ndata: " + event.data() + "\n\n");
            lastState = event.state();
            if (event.last()) {
                end();
            }
        }

        private void write(String text) throws IOException {
            OutputStream out = answer.getResponse().getOutputStream();
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        private void end() {
            over = true;
            streams.computeIfPresent(id, (key, all) -> {
                all.remove(this);
                return all.isEmpty() ? null : all;
            });
            answer.complete();
        }
    }
}
