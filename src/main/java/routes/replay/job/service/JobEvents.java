package routes.replay.job.service;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import routes.replay.job.JobRecord;

/** Tells those who follow a job what becomes of it. A slow one misses steps in between, and holds up no job. */
public final class JobEvents implements JobListener, AutoCloseable {

    private static final int THREADS = 2;

    private final Map<UUID, List<Follower>> followers = new ConcurrentHashMap<>();
    private final ExecutorService threads = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> new Thread(work, "replay-events"));

    /** One who follows a job. */
    final class Follower {

        private final UUID job;
        private final Consumer<JobRecord> listener;
        private final AtomicReference<@Nullable JobRecord> news = new AtomicReference<>();

        private Follower(UUID job, Consumer<JobRecord> listener) {
            this.job = job;
            this.listener = listener;
        }

        void tell(JobRecord record) {
            if (news.getAndSet(record) == null) {
                try {
                    threads.execute(this::deliver);
                } catch (RejectedExecutionException e) {
                    leave(); // everything stops
                }
            }
        }

        private void deliver() {
            JobRecord record = news.getAndSet(null);
            if (record != null) {
                listener.accept(record);
            }
        }

        void leave() {
            followers.computeIfPresent(job, (id, list) -> {
                list.remove(this);
                return list.isEmpty() ? null : list;
            });
        }
    }

    /** @param listener told on one of a few threads, never twice at a time */
    Follower follow(UUID job, Consumer<JobRecord> listener) {
        Follower follower = new Follower(job, listener);
        followers.compute(job, (id, list) -> {
            List<Follower> all = list == null ? new CopyOnWriteArrayList<>() : list;
            all.add(follower);
            return all;
        });
        return follower;
    }

    /** How many follow a job. */
    public int count(UUID job) {
        return followers.getOrDefault(job, List.of()).size();
    }

    @Override
    public void changed(JobRecord job) {
        followers.getOrDefault(job.id(), List.of()).forEach(follower -> follower.tell(job));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
