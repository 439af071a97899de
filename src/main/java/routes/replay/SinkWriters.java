package routes.replay;

import java.util.HashMap;
import java.util.Map;

/** The writers of jobs' sinks: jobs with equal URL and options share one, hence a system id and its numbers. */
final class SinkWriters {

    private final Map<Key, Shared> writers = new HashMap<>();

    private record Key(SocketUrl<WriterType> url, SinkOptions options) {
        static Key of(JobDefinition job) {
            return new Key(job.request().sink().url(), job.sinkOptions());
        }
    }

    private record Shared(SavantWriter writer, int users) {}

    /** One more job writes there. */
    synchronized SavantWriter open(JobDefinition job) {
        return writers.compute(
                        Key.of(job),
                        (key, shared) -> shared == null
                                ? new Shared(new SavantWriter(key.url().type()), 1)
                                : new Shared(shared.writer(), shared.users() + 1))
                .writer();
    }

    /** One job less. */
    synchronized void close(JobDefinition job) {
        writers.computeIfPresent(
                Key.of(job),
                (key, shared) -> shared.users() == 1 ? null : new Shared(shared.writer(), shared.users() - 1));
    }
}
