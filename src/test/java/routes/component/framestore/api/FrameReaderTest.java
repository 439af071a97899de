package routes.component.framestore.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import routes.component.framestore.Recording;

import static org.assertj.core.api.Assertions.assertThat;

/** Reading while others write. */
class FrameReaderTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private Recording recording;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void open() {
        recording = new Recording(directory);
    }

    @AfterEach
    void close() {
        recording.close();
        threads.shutdownNow();
    }

    @Test
    @DisplayName("RP84 a watch is told after entries of its source are there, and not once it is closed")
    void watched() {
        List<Long> seen = Collections.synchronizedList(new ArrayList<>());
        try (FrameReader reader = recording.store().read("watched", 0, 1 << 20)) {
            Watch watch =
                    recording.store().watch("watched", () -> reader.poll().ifPresent(entry -> seen.add(entry.index())));
            recording.frame("other");
            recording.frame("watched");
            recording.frame("watched");
            watch.close();
            recording.frame("watched");
        }

        assertThat(seen).containsExactly(0L, 1L);
    }

    @Test
    @DisplayName("RP50 a store keeps its identity, and no other has it")
    void identity(@TempDir Path elsewhere) {
        UUID identity = recording.store().identity();
        recording.restart();

        assertThat(recording.store().identity()).isEqualTo(identity);
        try (Recording other = new Recording(elsewhere)) {
            assertThat(other.store().identity()).isNotEqualTo(identity);
        }
    }

    @Test
    @DisplayName("RP84 twenty readers follow while two threads append; each gets every entry of its source in order")
    void followsLiveEdge() throws Exception {
        int count = 500;
        List<Future<List<Long>>> readers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String sourceId = i % 2 == 0 ? "even" : "odd";
            readers.add(threads.submit(() -> follow(sourceId, 0, count)));
        }
        for (String sourceId : List.of("even", "odd")) {
            threads.execute(() -> appendMany(sourceId, count));
        }

        for (Future<List<Long>> reader : readers) {
            assertThat(reader.get(60, TimeUnit.SECONDS))
                    .isEqualTo(LongStream.range(0, count).boxed().toList());
        }
    }

    @Test
    @DisplayName("RX25 a hundred readers at once, begun anywhere, each get the rest in order while appends go on")
    void hundredReaders() throws Exception {
        int count = 1_000;
        recording.append(Collections.nCopies(count / 2, Recording.entry("cam", EntryKind.FRAME, "x".repeat(2_000))));
        List<Future<List<Long>>> readers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            long from = i * 5L;
            readers.add(threads.submit(() -> follow("cam", from, count)));
        }
        threads.execute(() -> appendMany("cam", count / 2));

        for (int i = 0; i < 100; i++) {
            assertThat(readers.get(i).get(60, TimeUnit.SECONDS))
                    .isEqualTo(LongStream.range(i * 5L, count).boxed().toList());
        }
    }

    @Test
    @DisplayName("RP85 holes are stepped over at once, also at the end, and the reader follows on behind them")
    void stepsOverHoles() {
        recording.append(Collections.nCopies(50_000, Recording.entry("cam", EntryKind.FRAME, "frame")));
        recording.keyframe("cam");
        recording.store().delete("cam", 0, 49_999);
        try (FrameReader reader = recording.store().read("cam", 0, 1)) {
            assertThat(reader.poll()).map(StoredEntry::index).hasValue(50_000L);

            recording.store().delete("cam", 0, Long.MAX_VALUE);
            assertThat(reader.poll()).isEmpty();
            assertThat(reader.position()).isEqualTo(50_001);
            recording.frame("cam");
            assertThat(reader.poll()).map(StoredEntry::index).hasValue(50_001L);
        }
    }

    @Test
    @DisplayName("a reader may begin in the future, and read ahead less than one entry")
    void beginsLater() {
        FrameReader reader = recording.store().read("cam", 2, 1);
        recording.append(Collections.nCopies(4, Recording.entry("cam", EntryKind.FRAME, "frame")));

        assertThat(reader.poll()).map(StoredEntry::index).hasValue(2L);
        assertThat(reader.position()).isEqualTo(3);
        assertThat(reader.poll()).map(StoredEntry::index).hasValue(3L);
        assertThat(reader.poll()).isEmpty();
    }

    private List<Long> follow(String sourceId, long from, long end) throws InterruptedException {
        List<Long> seen = new ArrayList<>();
        Semaphore stored = new Semaphore(0);
        Watch watch = recording.store().watch(sourceId, stored::release);
        try (FrameReader reader = recording.store().read(sourceId, from, 10_000)) {
            while (seen.size() < end - from) {
                Optional<StoredEntry> entry = reader.poll();
                entry.ifPresent(next -> seen.add(next.index()));
                if (entry.isEmpty()) {
                    assertThat(stored.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                            .isTrue();
                }
            }
        } finally {
            watch.close();
        }
        return seen;
    }

    private void appendMany(String sourceId, int count) {
        List<CompletableFuture<List<Long>>> answers = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                NewEntry entry = Recording.entry(sourceId, EntryKind.FRAME, "x".repeat(5_000));
                answers.add(recording.store().append(List.of(entry)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        answers.forEach(CompletableFuture::join);
    }
}
