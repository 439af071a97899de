package routes.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The writers of jobs' sinks: jobs with equal URL and options share one, hence a system id and its counters. */
final class SinkWriters {

    private final Map<Key, Writer> writers = new HashMap<>();

    private record Key(SocketUrl<WriterType> url, SinkOptions options) {
        static Key of(JobDefinition job) {
            return new Key(job.request().sink().url(), job.sinkOptions());
        }
    }

    /** One more job writes there. */
    synchronized Writer open(JobDefinition job) {
        Writer writer = writers.computeIfAbsent(Key.of(job), key -> new Writer());
        writer.users++;
        return writer;
    }

    /** One job less. */
    synchronized void close(JobDefinition job) {
        Writer writer = writers.get(Key.of(job));
        if (writer != null && --writer.users == 0) {
            writers.remove(Key.of(job));
        }
    }

    /** Gives messages their last touch. */
    static final class Writer {

        private final String systemId = UUID.randomUUID().toString();
        private final SequenceCounter numbers = new SequenceCounter();
        private int users;

        /** Topic, message, data; numbered anew each time. */
        synchronized List<byte[]> frames(JobMessage message) {
            OutgoingMessage outgoing = message.message();
            List<byte[]> frames = new ArrayList<>();
            frames.add(outgoing.sourceId().orElse("").getBytes(java.nio.charset.StandardCharsets.UTF_8));
            frames.add(outgoing.stamped(systemId, numbers.next(outgoing)).toByteArray());
            frames.addAll(message.data());
            return frames;
        }
    }
}
