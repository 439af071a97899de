package routes.replay.job.service;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import routes.replay.job.JobDefinition;
import routes.replay.job.JobSink;
import routes.replay.job.MonotonicTime;
import routes.replay.protocol.SavantWriter;
import routes.replay.socket.SinkOptions;
import routes.replay.socket.SocketUrl;
import routes.replay.socket.WriterType;

/**
 * The writers of the sinks. Jobs with equal URL, options and keys share a writer, and with it a socket, a system id and its
 * numbers. A writer that is no longer used is kept for a while, so that the next job need not connect.
 */
final class SinkWriters {

    private final long capacity;
    private final long ttl;
    private final LongSupplier nanoTime;

    /** Oldest first. */
    private final Map<Key, Shared> writers = new LinkedHashMap<>();

    private record Key(SocketUrl<WriterType> url, SinkOptions options, Optional<String> curve) {
        static Key of(JobDefinition job) {
            JobSink sink = job.request().sink();
            return new Key(sink.url(), job.sinkOptions(), sink.curve());
        }
    }

    private static final class Shared {

        private final SavantWriter writer;
        private final Runnable closeSocket;
        private final long createdAt;
        private int users;

        Shared(SavantWriter writer, Runnable closeSocket, long createdAt) {
            this.writer = writer;
            this.closeSocket = closeSocket;
            this.createdAt = createdAt;
        }
    }

    /**
     * @param capacity how many writers are kept, used or not; those in use are kept in any case
     * @param ttl how long an unused writer is kept, counted from its creation
     */
    SinkWriters(long capacity, Duration ttl, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.ttl = MonotonicTime.nanos(ttl);
        this.nanoTime = nanoTime;
    }

    /**
     * One more job writes to this sink.
     *
     * @param socket opens the socket where there is none yet, and returns what closes it
     */
    synchronized SavantWriter open(JobDefinition job, Supplier<Runnable> socket) {
        Shared shared = writers.get(Key.of(job));
        if (shared == null) {
            shared =
                    new Shared(new SavantWriter(job.request().sink().url().type()), socket.get(), nanoTime.getAsLong());
            writers.put(Key.of(job), shared);
        }
        shared.users++;
        return shared.writer;
    }

    /** One job less writes to this sink. */
    synchronized void close(JobDefinition job) {
        Shared shared = writers.get(Key.of(job));
        if (shared != null) {
            shared.users--;
        }
        tidy();
    }

    /** Closes unused writers that are too old or too many. To be called now and then. */
    synchronized void tidy() {
        long now = nanoTime.getAsLong();
        Iterator<Shared> all = writers.values().iterator();
        while (all.hasNext()) {
            Shared shared = all.next();
            if (shared.users == 0 && (now - shared.createdAt > ttl || writers.size() > capacity)) {
                all.remove();
                shared.closeSocket.run();
            }
        }
    }

    /** Closes all writers. */
    synchronized void clear() {
        writers.values().forEach(shared -> shared.closeSocket.run());
        writers.clear();
    }
}
